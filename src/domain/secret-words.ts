/** What stands where a secret was. */
export const removed = '<removed>';

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
const underscored = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

const secretKey = new RegExp(`(?:^|_)(?:${secretWords.join('|')})(?:_|$)`);
const tokenKey = /(?:^|_)tokens?(?:_|$)/;

/** The tokens of a language model's vocabulary: `pad_token`, `additional_special_tokens`. */
const vocabularyKey = /(?:^|_)(?:pad|eos|bos|unk|mask|sep|cls|special|stop|suppress|decoder_start)_tokens?(?:_|$)/;

/** Whether what stands under this key is no one's business: `password`, `HF_TOKEN`, `awsSecretAccessKey`. */
export const isSecretKey = (key: string): boolean =>
  secretKey.test(underscored(key)) && !vocabularyKey.test(underscored(key));

/** Whether a number under this key may be a count: `max_tokens: 512` is no secret, `password: 1234` is one. */
export const mayCount = (key: string): boolean => tokenKey.test(underscored(key));

/** The end of a name that a secret is assigned to; `tokenizer` is none. */
const assigned =
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)';

/** What is a secret, and what is left of it. */
type Pattern = readonly [RegExp, string];

const byLooks: readonly Pattern[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, removed],
  // A JSON web token: header and payload start with `{"`.
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, removed],
  [/\bZEN(?:PRO)?(?:KEY|PAT)_[\w+/=.-]+/g, removed],
  [/\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${removed}`],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, removed],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abposr]-|sk-|npm_|pypi-|AIza)[\w-]{16,}/g, removed],
  // user:password@ in an address
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@"'<>]+@/gi, `$1${removed}@`],
  [/([?&](?:sig|signature|x-[a-z]+-(?:signature|credential|security-token))=)[^&\s"'<>]+/gi, `$1${removed}`],
];

const byName: readonly Pattern[] = [
  // name = "value", "name": "value", also where the quotes are escaped because JSON stands in a text
  [new RegExp(`(\\b${assigned}\\\\?["']?\\]?\\s*[:=]\\s*\\\\?)("|')(?:(?!\\\\?\\2).)+`, 'gi'), `$1$2${removed}`],
  // name=value; a number behind `tokens` counts them
  [new RegExp(`(\\b(?!\\S{0,60}tokens?=\\d+\\b)${assigned}=)[^\\s"'&,;()<>\\[\\]{}]+`, 'gi'), `$1${removed}`],
];

/** Whether anything of this kind can be in a text: most are short and have none of it. */
const looks =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza/i;
const named = /token|passw|pwd|passphrase|secret|credential|key/i;

const without = (text: string, patterns: readonly Pattern[]): string =>
  patterns.reduce((kept, [pattern, rest]) => kept.replace(pattern, rest), text);

/** The text without what is a secret by its looks or by the name in front of it. */
export const withoutSecrets = (text: string): string => {
  if (!looks.test(text)) {
    return text;
  }

  const kept = without(text, byLooks);
  return named.test(kept) ? without(kept, byName) : kept;
};
