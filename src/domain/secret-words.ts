/** Replaces a secret. */
export const redactionText = '<removed>';

const secretWords = [
  'tokens?',
  '\\w*passwords?',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  '(?:github|gitlab|azure|devops)_pat',
  'secrets?',
  'secret\\w*',
  'credentials?',
  'authorization',
  'cookies?',
  'bearer',
  'jwt',
  'apikeys?',
  '(?:api|access|private|secret|signing|encryption|account|shared|auth|client|fernet|master|licen[cs]e|ssh|tls|ssl|storage|deploy)_keys?(?:_id)?',
  'conn(?:ection)?_str(?:ing)?s?',
  'webhooks?(?:_urls?)?',
  'sshpass',
  'rediscli_auth',
];

/** `apiKey`, `API-Key` and `api.key` as `api_key`. */
const normalizeKey = (key: string): string =>
  key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

const secretKeyPattern = new RegExp(`(?:^|_)(?:${secretWords.join('|')})(?:_|$)`);
/** `DB_PASS`, `smtpPass`, but not `pass_rate`. */
const passKeyPattern = /_(?:pass|pw)$|^userpass$/;

/** Environment variables such as `STRIPE_KEY`, but not `PRIMARY_KEY` or `PUBLIC_KEY`. */
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

/** The source of a regular expression for names whose values are secrets, such as `api_key`, but not `tokenizer`. */
export const assignedNamePattern =
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key(?:[_-]?base)?|credentials?|(?:api|access|account|private|fernet|master|licen[cs]e|ssh)[_-]?key|shared[_-]?access[_-]?signature|_pass|sshpass|rediscli_auth|webhook(?:[_-]?url)?)';
