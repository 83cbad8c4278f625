/** Replaces a secret. */
export const redactionText = '<removed>';

const secretWords = [
  'tokens?',
  '\\w*passwords?',
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
  'webhooks?(?:_urls?)?',
];

/** `apiKey`, `API-Key` and `api.key` as `api_key`. */
const normalizeKey = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

const secretKeyPattern = new RegExp(`(?:^|_)(?:${secretWords.join('|')})(?:_|$)`);
/** `DB_PASS`, `smtpPass`, but not `pass_rate`. */
const passKeyPattern = /_pass$/;

/** Environment variables such as `STRIPE_KEY`, but not the keys of databases. */
const keyVariablePattern = /^(?!(?:.*_)?(?:PRIMARY|FOREIGN|CACHE|SORT|PARTITION|UNIQUE|PUBLIC)_KEY$)[A-Z\d_]+_KEY$/;

const tokenKeyPattern = /(?:^|_)tokens?(?:_|$)/;

/** The tokens of a language model's vocabulary: `pad_token`, `additional_special_tokens`. */
const vocabularyKeyPattern =
  /(?:^|_)(?:pad|eos|bos|unk|mask|sep|cls|special|stop|suppress|decoder_start)_tokens?(?:_|$)/;

/** Whether the value of this key is a secret: `password`, `HF_TOKEN`, `awsSecretAccessKey`. */
export const isSecretKey = (key: string): boolean => {
  const normalized = normalizeKey(key);
  return (
    (secretKeyPattern.test(normalized) && !vocabularyKeyPattern.test(normalized)) ||
    passKeyPattern.test(normalized) ||
    keyVariablePattern.test(key)
  );
};

/** Whether a number under this key can be a count: `max_tokens: 512` is not a secret, `password: 1234` is. */
export const canBeCount = (key: string): boolean => tokenKeyPattern.test(normalizeKey(key));

/** Matches names whose values are secrets, such as `api_key`, but not `tokenizer`. */
const assignedNamePattern =
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key|credentials?|(?:api|access|account|private)[_-]?key|_pass|webhook(?:[_-]?url)?)';

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
  // user:password@ in a URL; the password may contain `@`, `/`, `?` and `#`, but a port before a path is not one.
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@:"'<>]*:(?!\d+(?:\/|$))[^\s"'<>]{0,200}@/gi, `$1${redactionText}@`],
  // user@ in a URL, where the user may be a token
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@"'<>]+@/gi, `$1${redactionText}@`],
  [/(\bhooks\.slack\.com\/|\bdiscord(?:app)?\.com\/api\/webhooks\/)[^\s"'<>]+/gi, `$1${redactionText}`],
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

/** `STRIPE_KEY=value`: only in capitals, since `sort_key=name` is not a secret. */
const keyVariableReplacement: Replacement = [
  /(\b(?!(?:[A-Z\d_]*_)?(?:PRIMARY|FOREIGN|CACHE|SORT|PARTITION|UNIQUE|PUBLIC)_KEY\b)[A-Z][A-Z\d_]*_KEY(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?)[^\s"'&,;()<>[\]{}\\]+/g,
  `$1${redactionText}`,
];

/** Quick checks, because most texts contain no secret. */
const shapeHint =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza/i;
const nameHint = /token|pass|pwd|secret|credential|key|webhook/i;

const applyReplacements = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);

/** Redacts secrets that can be recognized by their form or by the name before them. */
export const redactText = (text: string): string => {
  if (!shapeHint.test(text)) {
    return text;
  }

  const redacted = applyReplacements(text, shapeReplacements);
  return nameHint.test(redacted)
    ? applyReplacements(redacted, [...nameReplacements, keyVariableReplacement])
    : redacted;
};
