// What script adds to pages that work without it: one module a line.
import "htmx.org";
import "./forms.js";
import "./grid.js";
import "./menu.js";
import "./notes.js";
import "./print.js";
import "./translate.js";
import "./upload.js";
