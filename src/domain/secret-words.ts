/** Replaces a secret. */
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

/** Whether the value of this key is a secret: `password`, `HF_TOKEN`, `awsSecretAccessKey`. */
export const isSecretKey = (key: string): boolean =>
  secretKeyPattern.test(normalizeKey(key)) && !vocabularyKeyPattern.test(normalizeKey(key));

/** Whether a number under this key can be a count: `max_tokens: 512` is not a secret, `password: 1234` is. */
export const canBeCount = (key: string): boolean => tokenKeyPattern.test(normalizeKey(key));

/** Matches names whose values are secrets, such as `api_key`, but not `tokenizer`. */
const assignedNamePattern =
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)';

/** The form of a secret, and its replacement. */
type Replacement = readonly [RegExp, string];

const shapeReplacements: readonly Replacement[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redactionText],
  // A JSON web token: header and payload start with `{"`.
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, redactionText],
  [/\bZEN(?:PRO)?(?:KEY|PAT)_[\w+/=.-]+/g, redactionText],
  [/\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${redactionText}`],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, redactionText],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abposr]-|sk-|npm_|pypi-|AIza)[\w-]{16,}/g, redactionText],
  // user:password@ in a URL
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@"'<>]+@/gi, `$1${redactionText}@`],
  [/([?&](?:sig|signature|x-[a-z]+-(?:signature|credential|security-token))=)[^&\s"'<>]+/gi, `$1${redactionText}`],
];

const nameReplacements: readonly Replacement[] = [
  // name = "value", "name": "value", also with escaped quotes, in JSON within a string
  [
    new RegExp(`(\\b${assignedNamePattern}\\\\?["']?\\]?\\s*[:=]\\s*\\\\?)("|')(?:(?!\\\\?\\2).)+`, 'gi'),
    `$1$2${redactionText}`,
  ],
  // name=value, except a number after `tokens=`, which is a count
  [
    new RegExp(`(\\b(?!\\S{0,60}tokens?=\\d+\\b)${assignedNamePattern}=)[^\\s"'&,;()<>\\[\\]{}]+`, 'gi'),
    `$1${redactionText}`,
  ],
];

/** Quick checks, because most texts contain no secret. */
const shapeHint =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza/i;
const nameHint = /token|passw|pwd|passphrase|secret|credential|key/i;

const applyReplacements = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);

/** Redacts secrets that can be recognized by their form or by the name before them. */
export const redactText = (text: string): string => {
  if (!shapeHint.test(text)) {
    return text;
  }

  const redacted = applyReplacements(text, shapeReplacements);
  return nameHint.test(redacted) ? applyReplacements(redacted, nameReplacements) : redacted;
};
