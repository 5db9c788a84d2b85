// Reads calendar entries with Mozilla's ical.js: every file named, one JSON object in all. The local times are those of the
// zones that the file itself describes.
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

const wall = t => t.toString().slice(0, 16)

function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')))
  const zones = calendar.getAllSubcomponents('vtimezone').map(z => new ICAL.Timezone({ component: z }))
  return calendar.getAllSubcomponents('vevent').map(event => {
    const [start, end] = ['dtstart', 'dtend'].map(name => {
      const property = event.getFirstProperty(name)
      const time = property.getFirstValue()
      const tzid = property.getParameter('tzid')
      if (tzid) time.zone = zones.find(z => z.tzid === tzid)
      return time
    })
    const local = time => Object.fromEntries(zones.map(z => [z.tzid, wall(time.convertToZone(z))]))
    const value = name => event.getFirstPropertyValue(name)
    return {
      method: calendar.getFirstPropertyValue('method'), uid: value('uid'), sequence: value('sequence'), status: value('status'),
      recurrence: value('recurrence-id') ? new Date(value('recurrence-id').toUnixTime() * 1000).toISOString().slice(0, 19) + 'Z' : '',
      start: new Date(start.toUnixTime() * 1000).toISOString().slice(0, 19) + 'Z',
      end: new Date(end.toUnixTime() * 1000).toISOString().slice(0, 19) + 'Z',
      starts: local(start), ends: local(end),
      attendees: event.getAllProperties('attendee').map(p => [p.getFirstValue(), p.getParameter('cn') ?? '', p.getParameter('partstat') ?? '']),
      organiser: value('organizer') ?? '', title: value('summary'), description: value('description') ?? '',
    }
  })
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map(file => [file, read(file)]))))
