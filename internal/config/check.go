package config

import (
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"strings"

	"example.org/tandem/internal/mail"
)

// check turns what is written into settings and notes everything that is missing or wrong.
func (r raw) check(wrong *Complaints) Settings {
	s := Settings{
		Listen:        r.Listen,
		Database:      Secret(r.Database),
		SMTP:          Secret(r.SMTP),
		IMAP:          Secret(r.IMAP),
		Secret:        Secret(r.Secret),
		MetricsListen: r.MetricsListen,
		Controller:    r.Controller,
	}
	s.URL = checkURL("TANDEM_URL", r.URL, wrong)
	checkListen("TANDEM_LISTEN", r.Listen, wrong)
	checkDatabase(r.Database, wrong)
	s.Blobs = checkBlobs(r.Blobs, wrong)
	checkSMTP(r.SMTP, wrong)
	s.MailFrom = checkMailFrom(r.MailFrom, wrong)
	if _, err := mail.ParseMailbox(r.IMAP); r.IMAP != "" && err != nil {
		wrong.add("TANDEM_IMAP", "%v", err)
	}
	checkSecret(r.Secret, wrong)
	s.TrustedProxies = checkProxies(r.TrustedProxies, wrong)
	if r.MetricsListen != "" {
		checkListen("TANDEM_METRICS_LISTEN", r.MetricsListen, wrong)
	}
	r.checkJitsi(&s, wrong)
	r.checkBBB(&s, wrong)
	return s
}

// checkURL: everything is reached by https; plain http is for trying Tandem out on one's own machine, because anybody
// between the two could take over a session.
func checkURL(setting, text string, wrong *Complaints) *url.URL {
	if text == "" {
		wrong.add(setting, "is missing; it is where people reach Tandem, such as https://tandem.example")
		return nil
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		wrong.add(setting, "is no address such as https://tandem.example")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		wrong.add(setting, "begins with http: only https is safe beyond this machine")
	case u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "", u.User != nil:
		wrong.add(setting, "has more than a host and a port; Tandem lives at the root of its own host name")
	default:
		return &url.URL{Scheme: u.Scheme, Host: u.Host}
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func checkListen(setting, text string, wrong *Complaints) {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		wrong.add(setting, "is no host:port such as 127.0.0.1:8080 or :8080")
	}
}

func checkDatabase(text string, wrong *Complaints) {
	path, isSQLite := strings.CutPrefix(text, "sqlite:")
	_, err := url.Parse(text)
	switch {
	case text == "":
		wrong.add("TANDEM_DATABASE", "is missing; it is sqlite:PATH or postgres://user:password@host/name")
	case isSQLite && path == "":
		wrong.add("TANDEM_DATABASE", "names no file after sqlite:")
	case !isSQLite && !strings.HasPrefix(text, "postgres://") && !strings.HasPrefix(text, "postgresql://"), !isSQLite && err != nil:
		// The text is not repeated, nor is the parser's complaint: both hold the password.
		wrong.add("TANDEM_DATABASE", "begins with neither sqlite: nor postgres://, or is no proper address")
	}
}

// checkBlobs: whether the folder can be written to is found out when it is opened.
func checkBlobs(text string, wrong *Complaints) string {
	folder, isFile := strings.CutPrefix(text, "file:")
	switch {
	case text == "":
		wrong.add("TANDEM_BLOBS", "is missing; it is where attached files are kept, such as file:/var/lib/tandem/files")
	case strings.HasPrefix(text, "s3://"):
		// The text is not repeated: it may hold a key.
		wrong.add("TANDEM_BLOBS", "begins with s3://, which Tandem cannot use yet; it is file: and a folder")
	case !isFile || strings.HasPrefix(folder, "//"):
		wrong.add("TANDEM_BLOBS", "is no file: and a folder, such as file:/var/lib/tandem/files")
	case folder == "":
		wrong.add("TANDEM_BLOBS", "names no folder after file:")
	}
	return folder
}

// checkSMTP asks the carrier itself what it can make of the address; its complaints keep the password out.
func checkSMTP(text string, wrong *Complaints) {
	if text == "" {
		wrong.add("TANDEM_SMTP", "is missing; it is smtp://user:password@host:587 or smtps://user:password@host:465")
	} else if _, err := mail.NewSMTP(text, "tandem@tandem.example"); err != nil {
		wrong.add("TANDEM_SMTP", "%v", err)
	}
}

func checkMailFrom(text string, wrong *Complaints) *netmail.Address {
	if text == "" {
		wrong.add("TANDEM_MAIL_FROM", "is missing; it is the sender of every mail, such as Tandem <tandem@tandem.example>")
		return nil
	}
	address, err := netmail.ParseAddress(text)
	if err != nil {
		wrong.add("TANDEM_MAIL_FROM", "is no mail address such as Tandem <tandem@tandem.example>")
		return nil
	}
	return address
}

// shortestSecret is 256 bits, as much as the keys that are made from it.
const shortestSecret = 32

func checkSecret(text string, wrong *Complaints) {
	switch {
	case text == "":
		wrong.add("TANDEM_SECRET", "is missing; make one with: openssl rand -base64 48")
	case len(text) < shortestSecret:
		wrong.add("TANDEM_SECRET", "has %d bytes; it needs at least %d", len(text), shortestSecret)
	}
}

func checkProxies(text string, wrong *Complaints) []netip.Prefix {
	var proxies []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if ip, err := netip.ParseAddr(part); err == nil {
			proxies = append(proxies, netip.PrefixFrom(ip, ip.BitLen()))
		} else if prefix, err := netip.ParsePrefix(part); err == nil {
			proxies = append(proxies, prefix.Masked())
		} else {
			wrong.add("TANDEM_TRUSTED_PROXIES", "%q is neither an IP address nor a range such as 10.0.0.0/8", part)
		}
	}
	return proxies
}
