import {fileURLToPath} from 'node:url';
import {memory} from './memory.js';

const path = JSON.stringify(fileURLToPath(new URL('../src/format/segmenter.ts', import.meta.url)));

/**
 * The width of a text is asked for again and again, and its first answer takes 30 ms, which is how long the tables of all
 * emoji and of all invisible characters take to build. Our glyphs, and most letters, need neither: a single UTF-16 unit
 * is an emoji of that table only if it is shown as one by itself (Emoji_Presentation, see Unicode TR 51), and those are
 * wide (East_Asian_Width, see Unicode TR 11).
 */
export const stringWidthPatches = [
  {
    file: 'string-width/index.js',
    edits: [
      [/^/, `import {isSimple} from ${path};\n`],
      [/const visibleCharacterRegex = (.*);\n/, (_all, regex) => `const visibleCharacter = made(() => ${regex});\n`],
      ['segment.search(visibleCharacterRegex)', 'segment.search(visibleCharacter())'],
      ['visibleCharacterRegex.test(character)', 'visibleCharacter().test(character)'],
      [/const rgiEmojiRegex = (.*);\n/, (_all, regex) => `const rgiEmoji = made(() => ${regex});\n`],
      [
        'rgiEmojiRegex.test(segment) ||',
        '((segment.length > 1 || /\\p{Emoji_Presentation}/u.test(segment)) && rgiEmoji().test(segment)) ||',
      ],
      [
        '\tlet width = 0;\n\tconst eastAsianWidthOptions = {ambiguousAsWide: !ambiguousIsNarrow};\n',
        `  let width = 0;
  const eastAsianWidthOptions = {ambiguousAsWide: !ambiguousIsNarrow};
  if (isSimple(string)) {
    for (let index = 0; index < string.length; index++) {
      const code = string.charCodeAt(index);
      if (code >= 0x20) width += eastAsianWidth(code, eastAsianWidthOptions);
    }
    return width;
  }
`,
      ],
      [
        'export default function stringWidth(input, options = {}) {',
        `${memory}const widths = new Memory(1000);
function made(make) {
  let value;
  return () => (value ??= make());
}
export default function stringWidth(input, options) {
  const isUsual = options === undefined && typeof input === 'string' && input.length < 500;
  return isUsual ? widths.of(input, () => measured(input)) : measured(input, options);
}
function measured(input, options = {}) {`,
      ],
    ],
  },
];
