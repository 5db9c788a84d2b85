// Package e2e sits down in front of Tandem as people do: two persons in two browsers, in their own languages, with a
// keyboard or a phone, with script or without. It starts the real program with the demo content and holds every page to
// what was promised: axe (WCAG 2.2 AA), 320 px, no English left over, nothing that only a mouse can reach.
package e2e
