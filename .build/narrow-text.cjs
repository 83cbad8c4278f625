/** Characters of one cell that never combine with their neighbors: most of Latin, Greek, Cyrillic, punctuation, signs, lines and blocks. */
exports.isNarrowText = RegExp.prototype.test.bind(
  /^[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u231c-\u2328\u232b-\u23e8\u2400-\u25fc\u2713-\u2718\u2800-\u28ff]*$/,
);
