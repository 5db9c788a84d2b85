"""Reads calendar entries with Debian's python3-icalendar: every file named, one JSON object in all. The local times are those
of the zones that the file itself describes."""
import json
import os
import sys

sys.path.remove(os.path.dirname(os.path.abspath(__file__)))  # this file has the library's name
from datetime import datetime, timezone
from icalendar import Calendar


def read(file):
    with open(file, 'rb') as source:
        calendar = Calendar.from_ical(source.read())
    zones = {str(z['TZID']): z.to_tz() for z in calendar.walk('VTIMEZONE')}

    def instant(event, name):
        if name not in event:
            return None
        prop = event[name]
        tzid = prop.params.get('TZID')
        shown = prop.dt.replace(tzinfo=None)
        return (zones[tzid].localize(shown) if tzid else shown.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)

    def utc(at):
        return at.strftime('%Y-%m-%dT%H:%M:%SZ') if at else ''

    def local(at):
        return {name: at.astimezone(zone).strftime('%Y-%m-%dT%H:%M') for name, zone in zones.items()}

    def attendees(event):
        found = event.get('ATTENDEE', [])
        found = found if isinstance(found, list) else [found]
        return [[str(a), str(a.params.get('CN', '')), str(a.params.get('PARTSTAT', ''))] for a in found]

    events = []
    for event in calendar.walk('VEVENT'):
        start, end = instant(event, 'DTSTART'), instant(event, 'DTEND')
        events.append({
            'method': str(calendar['METHOD']), 'uid': str(event['UID']), 'sequence': int(event['SEQUENCE']), 'status': str(event['STATUS']),
            'recurrence': utc(instant(event, 'RECURRENCE-ID')), 'start': utc(start), 'end': utc(end), 'starts': local(start), 'ends': local(end),
            'attendees': attendees(event), 'organiser': str(event.get('ORGANIZER', '')), 'title': str(event['SUMMARY']),
            'description': str(event.get('DESCRIPTION', ''))})
    return events


print(json.dumps({file: read(file) for file in sys.argv[1:]}))
