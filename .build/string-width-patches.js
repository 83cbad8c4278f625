import {memory} from './memory.js';

/**
 * The width of a text is asked for again and again, and its first answer takes 20 ms, which is how long the table of all
 * emoji takes to build. A single UTF-16 unit is an emoji of that table only if it is shown as one by itself
 * (Emoji_Presentation, see Unicode TR 51), which is quickly known: our glyphs never need the table.
 */
export const stringWidthPatches = [
  {
    file: 'string-width/index.js',
    edits: [
      [
        'rgiEmojiRegex.test(segment) ||',
        '((segment.length > 1 || /\\p{Emoji_Presentation}/u.test(segment)) && rgiEmojiRegex.test(segment)) ||',
      ],
      [
        'export default function stringWidth(input, options = {}) {',
        `${memory}const widths = new Memory(2000);
export default function stringWidth(input, options) {
  const isUsual = options === undefined && typeof input === 'string' && input.length < 500;
  return isUsual ? widths.of(input, () => measured(input)) : measured(input, options);
}
function measured(input, options = {}) {`,
      ],
    ],
  },
];
