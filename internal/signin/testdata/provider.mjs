// An OpenID Connect provider that shares no code with Tandem, for its sign-in tests: everybody is who login_hint says.
// TANDEM is where it sends people back to. It writes its address on a line of its own and ends with its standard input.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const tandem = process.env.TANDEM
const client = (id, bySession) => ({
	client_id: id,
	client_secret: 'hush',
	redirect_uris: [`${tandem}/oidc/callback/${id}`],
	post_logout_redirect_uris: [`${tandem}/`],
	backchannel_logout_uri: `${tandem}/oidc/backchannel-logout/${id}`,
	backchannel_logout_session_required: bySession,
})

const server = createServer()
server.listen(0, '127.0.0.1', () => {
	const issuer = `http://127.0.0.1:${server.address().port}`
	const provider = new Provider(issuer, {
		clients: [client('by-sid', true), client('by-sub', false)],
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
		cookies: { keys: ['one key is enough for a test'] },
		features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
		pkce: { required: () => true },
		fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // else it calls nobody on its own machine
		interactions: { url: (_, interaction) => `/enter/${interaction.uid}` },
		findAccount: (_, id) => ({
			accountId: id,
			claims: () => ({ sub: id, name: 'Branch chair', email: `${id}@tandem.example`, email_verified: true }),
		}),
		async loadExistingGrant(ctx) {
			const { client, session } = ctx.oidc
			const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
			grant.addOIDCScope('openid email profile')
			await grant.save()
			return grant
		},
	})
	provider.on('backchannel.error', (_, error) => console.error(error))
	provider.on('server_error', (_, error) => console.error(error))
	const standard = provider.callback()
	server.on('request', async (request, response) => {
		if (!request.url.startsWith('/enter/')) return standard(request, response)
		const { params } = await provider.interactionDetails(request, response)
		await provider.interactionFinished(request, response, { login: { accountId: params.login_hint } })
	})
	console.log(issuer)
})
process.stdin.on('end', () => process.exit()).resume()
