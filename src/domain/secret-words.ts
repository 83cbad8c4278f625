/** What stands where a secret was. */
export const redactionText = '<removed>';

const secretWords = [
  'tokens?',
  'passwords?',
  'passwd',
  'pwd',
  'passphrase',
  'secrets?',
  'secret\\w*',
  'credentials?',
  'authorization',
  'cookies?',
  'bearer',
  'jwt',
  'apikeys?',
  '(?:api|access|private|secret|signing|encryption|account|shared|auth|client)_keys?(?:_id)?',
  'connection_string',
];

/** `apiKey`, `API-Key` and `api.key` as `api_key`. */
const normalizeKey = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

const secretKeyPattern = new RegExp(`(?:^|_)(?:${secretWords.join('|')})(?:_|$)`);
const tokenKeyPattern = /(?:^|_)tokens?(?:_|$)/;

/** The tokens of a language model's vocabulary: `pad_token`, `additional_special_tokens`. */
const vocabularyKeyPattern =
  /(?:^|_)(?:pad|eos|bos|unk|mask|sep|cls|special|stop|suppress|decoder_start)_tokens?(?:_|$)/;

/** Whether what stands under this key is no one's business: `password`, `HF_TOKEN`, `awsSecretAccessKey`. */
export const isSecretKey = (key: string): boolean =>
  secretKeyPattern.test(normalizeKey(key)) && !vocabularyKeyPattern.test(normalizeKey(key));

/** Whether a number under this key may be a count: `max_tokens: 512` is no secret, `password: 1234` is one. */
export const canBeCount = (key: string): boolean => tokenKeyPattern.test(normalizeKey(key));

/** The end of a name that a secret is assigned to; `tokenizer` is none. */
const assignedNamePattern =
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)';

/** What is a secret, and what is left of it. */
type Replacement = readonly [RegExp, string];

const shapeReplacements: readonly Replacement[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redactionText],
  // A JSON web token: header and payload start with `{"`.
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, redactionText],
  [/\bZEN(?:PRO)?(?:KEY|PAT)_[\w+/=.-]+/g, redactionText],
  [/\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${redactionText}`],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, redactionText],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abposr]-|sk-|npm_|pypi-|AIza)[\w-]{16,}/g, redactionText],
  // user:password@ in an address
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@"'<>]+@/gi, `$1${redactionText}@`],
  [/([?&](?:sig|signature|x-[a-z]+-(?:signature|credential|security-token))=)[^&\s"'<>]+/gi, `$1${redactionText}`],
];

const nameReplacements: readonly Replacement[] = [
  // name = "value", "name": "value", also where the quotes are escaped because JSON stands in a text
  [
    new RegExp(`(\\b${assignedNamePattern}\\\\?["']?\\]?\\s*[:=]\\s*\\\\?)("|')(?:(?!\\\\?\\2).)+`, 'gi'),
    `$1$2${redactionText}`,
  ],
  // name=value; a number behind `tokens` counts them
  [
    new RegExp(`(\\b(?!\\S{0,60}tokens?=\\d+\\b)${assignedNamePattern}=)[^\\s"'&,;()<>\\[\\]{}]+`, 'gi'),
    `$1${redactionText}`,
  ],
];

/** Whether anything of this kind can be in a text: most are short and have none of it. */
const shapeHint =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza/i;
const nameHint = /token|passw|pwd|passphrase|secret|credential|key/i;

const applyReplacements = (text: string, patterns: readonly Replacement[]): string =>
  patterns.reduce((kept, [pattern, rest]) => kept.replace(pattern, rest), text);

/** The text without what is a secret by its looks or by the name in front of it. */
export const redactText = (text: string): string => {
  if (!shapeHint.test(text)) {
    return text;
  }

  const kept = applyReplacements(text, shapeReplacements);
  return nameHint.test(kept) ? applyReplacements(kept, nameReplacements) : kept;
};
