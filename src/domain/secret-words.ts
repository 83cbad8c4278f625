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
  '[\\w.-]{0,60}(?:tokens?|password|passwd|pwd|passphrase|secret|secret[_-]?key(?:[_-]?base)?|credentials?|(?:api|access|account|private|fernet|master|licen[cs]e|ssh)[_-]?key|shared[_-]?access[_-]?signature|_pass|webhook(?:[_-]?url)?)';

/** The form of a secret, and its replacement. */
type Replacement = readonly [RegExp, string];

const shapeReplacements: readonly Replacement[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
    redactionText,
  ],
  // A JSON web token: header and payload start with `{"`.
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, redactionText],
  [/\bZEN(?:PRO)?(?:KEY|PAT)_[\w+/=.-]+/g, redactionText],
  [/\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${redactionText}`],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, redactionText],
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abposr]-|sk-|npm_|pypi-|AIza|dckr_pat_|whsec_|[rs]k_(?:live|test)_|ATATT3|GOCSPX-|ya29\.|SG\.)[\w.-]{16,}/g,
    redactionText,
  ],
  // Tokens of Databricks and of Telegram bots
  [/\bdapi[\da-f]{32}\b/g, redactionText],
  [/\b(bot\d{6,}:)[\w-]{30,}/g, `$1${redactionText}`],
  // user:password@ in a URL; the password may contain `@`, `/`, `?`, `#` and quotes, but a port before a path is not one.
  [/\b([a-z][a-z\d+._-]{0,30}:\/\/)[^\s/@:"'<>]*:(?!\d+(?:\/|$))[^\s"<>]{0,200}@/gi, `$1${redactionText}@`],
  // user@ in a URL, where the user may be a token
  [/\b([a-z][a-z\d+._-]{0,30}:\/\/)[^\s/@"'<>]+@/gi, `$1${redactionText}@`],
  [/(\boffice\.com\/webhook\w*\/)[^\s"'<>]+/gi, `$1${redactionText}`],
  [/(\bhooks\.slack\.com\/|\bdiscord(?:app)?\.com\/api\/webhooks\/)[^\s"'<>]+/gi, `$1${redactionText}`],
  [/([?&](?:sig|signature|key|x-[a-z]+-(?:signature|credential|security-token))=)[^&\s"'<>]+/gi, `$1${redactionText}`],
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

/** `--password value`, but not the option in a sentence. */
const optionReplacement: Replacement = [
  /(\s--?[\w-]{0,40}(?:password|passwd|token|secret|api-?key)[ \t]+["']?)(?!-|(?:is|was|are|or|and|to|for|from|in|with|has|must|needs?|option|flag|argument)\b)[^\s"']+/gi,
  `$1${redactionText}`,
];

/** Options whose names do not say that a secret follows, so only after the programs that have them. */
const programReplacements: readonly Replacement[] = [
  // `mysql -pSECRET`, but not `mysql -p DATABASE`, and not the ports of `docker run mysql -p3306:3306`
  [
    /(\b(?:mysql(?:dump|admin|import|show)?|mariadb(?:-dump|-admin)?)[ \t](?:[^\n|;]{0,200}[ \t])?-p)(?!\d*:\d)(?:"[^"\n]+"|'[^'\n]+'|[^\s"',;|)]+)/g,
    `$1${redactionText}`,
  ],
  [/(\bsshpass[ \t]+-p[ \t]*)(?:"[^"\n]+"|'[^'\n]+'|[^\s"',;|)]+)/g, `$1${redactionText}`],
  // `curl -u user:SECRET`
  [
    /(\bcurl[ \t](?:[^\n|;]{0,300}[ \t])?(?:-[a-zA-Z]{0,8}[uU]|--(?:proxy-)?user(?!-))[ \t=]*(["']?)[^\s:"']+:)(?:(?<=["'][^\s:"']+:)[^"'\n]+|[^\s"']+)/g,
    `$1${redactionText}`,
  ],
];

/** `Password for user ada: value`, where a prompt and what was typed are in one line. */
const promptPattern = /(\bpassword for [^\s:]{1,60}(?:[ \t][^\s:]{1,60})?:[ \t]+)([^\s"',;]+)(?=[ \t]*$)/gim;

const redactPrompts = (text: string): string =>
  text.replace(promptPattern, (all: string, before: string, value: string) =>
    plainWordPattern.test(value) ? all : before + redactionText,
  );

const headerReplacements: readonly Replacement[] = [
  [/(\b(?:set-)?cookie\\?["']?[ \t]*:[ \t]*\\?["']?)[^\n"'\\]+/gi, `$1${redactionText}`],
  [/(\bauthorization\\?["']?[ \t]*:[ \t]*\\?["']?(?:[a-z]+[ \t]+)?)[^\s"'\\]+/gi, `$1${redactionText}`],
  // The logins of a Docker configuration.
  [/(\\?["']auth\\?["']\s*:\s*\\?["'])[a-z\d+/]{12,}={0,2}/gi, `$1${redactionText}`],
];

/** `password: value` and `password = value` without quotes, as in YAML, INI files and headers. */
const plainAssignmentPattern = new RegExp(
  `((?:^|[,;{(&|"'])[ \\t]*(?:- +)?${assignedNamePattern}(?:(:)[ \\t]+|[ \\t]+=[ \\t]+))([^\\s"',;()[\\]{}<>$|\\\\]+)(?=[ \\t]*(?:$|[,;}"')]))`,
  'gim',
);

/** Words of source code and of sentences: `token: str`, `password: Secret`, `api_key: missing`. */
const plainWordPattern =
  /^(?:str|string|bytes|bytearray|int|float|bool|any|object|none|null|true|false|required|missing|invalid|incorrect|wrong|expired|changed|updated|accepted|empty|unset|unknown|denied|rejected|[A-Z][a-z]+(?:[A-Z][a-z]+)*)$/;

/** In source code, the right side may be a name instead of a secret: `token = reply`. */
const looksRandom = (value: string): boolean => /[\d!@#%^*+/=~]/.test(value);

const redactPlainAssignments = (text: string): string =>
  text.replace(plainAssignmentPattern, (all: string, before: string, colon: string | undefined, value: string) =>
    plainWordPattern.test(value) || (colon === undefined && !looksRandom(value)) ? all : before + redactionText,
  );

/** `STRIPE_KEY=value`: only in capitals, since `sort_key=name` is not a secret. */
const keyVariableReplacement: Replacement = [
  /(\b(?!(?:[A-Z\d_]*_)?(?:PRIMARY|FOREIGN|CACHE|SORT|PARTITION|UNIQUE|PUBLIC)_KEY\b)[A-Z][A-Z\d_]*_KEY(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?)[^\s"'&,;()<>[\]{}\\]+/g,
  `$1${redactionText}`,
];

/** Quick checks, because most texts contain no secret. */
const shapeHint =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza|dckr_|whsec_|[rs]k_|ATATT3|GOCSPX|ya29|SG\.|dapi|\s--?/i;
const nameHint = /token|pass|pwd|secret|credential|key|webhook|signature|cookie|auth|mysql|mariadb|curl/i;

const applyReplacements = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);

const namedReplacements = [
  ...headerReplacements,
  ...nameReplacements,
  keyVariableReplacement,
  optionReplacement,
  ...programReplacements,
];

/** Redacts secrets that can be recognized by their form or by the name before them. */
export const redactText = (text: string): string => {
  if (!shapeHint.test(text)) {
    return text;
  }

  const redacted = applyReplacements(text, shapeReplacements);
  return nameHint.test(redacted)
    ? redactPrompts(redactPlainAssignments(applyReplacements(redacted, namedReplacements)))
    : redacted;
};
