import fc from 'fast-check';

/** Texts whose characters combine, are wide, or control the terminal. */
export const textPiece = fc.oneof(
  fc.string({unit: 'grapheme'}),
  fc.string({unit: 'binary'}),
  fc.constantFrom('│', '●', '✓', '…', '⣿', '❤', '漢', '가', 'é', 'e\u0301', '\u0915\u094d\u0937', '👩‍🚀'),
  fc.constantFrom('✔\ufe0f', '1\ufe0f\u20e3', '\u200d', '\r\n', '\n', '\t'),
  fc.constantFrom('\x1b[1m', '\x1b[38;5;240m', '\x1b[0m', '\x1b]8;;x\x07', '\x1b'),
);
