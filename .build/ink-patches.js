import {memory} from './memory.js';

/**
 * One store for all frames, where Ink makes a new one for each. A screen of 300x100 has some 200 texts; cells take a
 * hundred bytes each, so lines of them are not to pile up.
 */
const sharedCaches = [
  [
    'class OutputCaches {\n',
    `${memory}class OutputCaches {
    lines = new Memory(300);
    slices = new Memory(300);
    rows = new Memory(300);\n`,
  ],
  ['    widths = new Map();', '    widths = new Memory(1000);'],
  ['    blockWidths = new Map();', '    blockWidths = new Memory(300);'],
  ['    styledChars = new Map();', '    styledChars = new Memory(200);'],
  ['export default class Output {', 'const sharedCaches = new OutputCaches();\nexport default class Output {'],
  ['    caches = new OutputCaches();', '    caches = sharedCaches;'],
];

/** A text is parted into its lines once, and a line is cut to a pair of columns once. */
const rememberedLines = [
  [
    '        const characterLines = [[]];\n',
    '        let lines = this.caches.lines.of(text, () => {\n        const characterLines = [[]];\n',
  ],
  [
    '        let lines = characterLines.map(line => styledCharsToString(line));',
    '        return characterLines.map(line => styledCharsToString(line));\n        });',
  ],
  [
    'return this.sliceLineToColumns(line, from, to);',
    "return this.caches.slices.of(from + ' ' + to + ' ' + line, () => this.sliceLineToColumns(line, from, to));",
  ],
];

/** A row is first a list of what is written on it (column, text); it is painted unless a row like it has been. */
const rememberedRows = [
  [
    `            const characters = this.caches.getStyledChars(line);
            // Nothing to write (e.g. line was clipped away).
            if (characters.length === 0) {
                continue;
            }`,
    `            currentLine.push(x, line);
        }
    }
    paintLine(currentLine, x, line) {
        {
            const characters = this.caches.getStyledChars(line);
            if (characters.length === 0) {
                return;
            }`,
  ],
  [
    `            const row = [];
            for (let x = 0; x < this.width; x++) {
                row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });
            }
            output.push(row);`,
    '            output.push([]);',
  ],
  [
    `            .map(line => {
            // See https://github.com/vadimdemedes/ink/pull/564#issuecomment-1637022742
            const lineWithoutEmptyItems = line.filter(item => item !== undefined);
            return styledCharsToString(lineWithoutEmptyItems).trimEnd();
        })`,
    `            .map(writes => this.caches.rows.of(this.width + '\\n' + writes.join('\\n'), () => this.paintRow(writes)))`,
  ],
  [
    '    get() {\n',
    `    paintRow(writes) {
        const row = new Array(this.width).fill({type: 'char', value: ' ', fullWidth: false, styles: []});
        for (let index = 0; index < writes.length; index += 2) {
            this.paintLine(row, writes[index], writes[index + 1]);
        }
        return styledCharsToString(row.filter(item => item !== undefined)).trimEnd();
    }
    get() {\n`,
  ],
];

/**
 * Ink makes each frame from nothing: it measures and tokenises every text and styles every cell, though hardly a row
 * has changed. These edits let it remember what came of a text and of a row, by what it was made from. At 120x40 a
 * frame takes a quarter of the time; the frames are the same, byte for byte, which
 * test/terminal/library-patches.test.ts holds against the original.
 */
export const inkPatches = [
  {file: 'ink/build/output.js', edits: [...sharedCaches, ...rememberedLines, ...rememberedRows]},
  {
    file: 'ink/build/render-node-to-output.js',
    edits: [
      // Ink's own measure remembers.
      ["import widestLine from 'widest-line';", "import measureText from './measure-text.js';"],
      ['const currentWidth = widestLine(text);', 'const currentWidth = measureText(text).width;'],
    ],
  },
  {file: 'ink/build/measure-text.js', edits: [['maxSize: 4096', 'maxSize: 300']]},
  {
    // The styles of a cell are a list that nobody changes: cells in a row can have the same, and be known to have it.
    file: '@alcalzone/ansi-tokenize/build/styledChars.js',
    edits: [['styles: [...codes],', 'styles: codes,']],
  },
  {
    // Of an error while drawing, Ink shows the source line: here, a megabyte of it. The error itself reaches whoever
    // waits for the end (`waitUntilExit`), who can tell it in words.
    file: 'ink/build/components/ErrorBoundary.js',
    edits: [
      ["import ErrorOverview from './ErrorOverview.js';\n", ''],
      ['(React.createElement(ErrorOverview, { error: this.state.error }))', 'null'],
    ],
  },
  {
    // React's developer tools, which users have no need of, are waited for, and CommonJS cannot wait while it loads.
    file: 'ink/build/reconciler.js',
    edits: [
      ["await import('./devtools.js');", ''],
      ['await loadPackageJson()', '{}'],
    ],
  },
  {
    file: 'ink/build/sanitize-ansi.js',
    edits: [
      [
        'export default sanitizeAnsi;',
        `${memory}const sanitized = new Memory(300);
export default text => sanitized.of(text, () => sanitizeAnsi(text));`,
      ],
    ],
  },
];
