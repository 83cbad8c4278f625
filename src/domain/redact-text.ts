import {redactArguments} from './redact-arguments.js';
import {isPlainWord, redactSentences} from './redact-sentences.js';
import {assignedNamePattern, redactionText} from './secret-words.js';

/** A pattern that matches a secret, often with what comes before it, and the text that replaces the match. */
type Replacement = readonly [RegExp, string];

const applyReplacements = (text: string, replacements: readonly Replacement[]): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);

const shapeReplacements: readonly Replacement[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
    redactionText,
  ],
  // A JSON web token: its header starts with `{"`, which is `eyJ` in base64.
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, redactionText],
  [/\bZEN(?:PRO)?(?:KEY|PAT)_[\w+/=.-]+/g, redactionText],
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
    new RegExp(`(\\b${assignedNamePattern}\\\\?["']?\\]?\\s*(?:=>|[:=])\\s*\\\\?)("|')(?:(?!\\\\?\\2).)+`, 'gi'),
    `$1$2${redactionText}`,
  ],
  // name=value, except a number after `tokens=`, which is a count
  [
    new RegExp(`(\\b(?!\\S{0,60}tokens?=\\d+\\b)${assignedNamePattern}=)[^\\s"'&,;()<>\\[\\]{}]+`, 'gi'),
    `$1${redactionText}`,
  ],
];

/** `Bearer SECRET` and `Basic SECRET`, but not `Basic authentication`. */
const schemePattern = /(?<![a-z_])((?:Bearer|Basic)(?:\s+|%20|\+))([\w+/=.~-]{8,})/gi;

const redactSchemes = (text: string): string =>
  text.replace(schemePattern, (all: string, before: string, value: string) =>
    /^[A-Z]?[a-z]{0,20}(?:[-/.][a-z]+)*\.?$/.test(value) ? all : before + redactionText,
  );

const headerReplacements: readonly Replacement[] = [
  [/(\b(?:set-)?cookie\\?["']?[ \t]*:[ \t]*\\?["']?)[^\n"'\\]+/gi, `$1${redactionText}`],
  // Schemes with several parameters
  [
    /(\bauthorization\\?["']?[ \t]*:[ \t]*\\?["']?(?:Digest|OAuth|Hawk|Signature|AWS4-HMAC-SHA256)[ \t]+)[^\n]+/gi,
    `$1${redactionText}`,
  ],
  // The logins of a Docker configuration.
  [/(\\?["']auth\\?["']\s*:\s*\\?["'])[a-z\d+/]{12,}={0,2}/gi, `$1${redactionText}`],
];

/** `Authorization: SECRET`, with or without a scheme. */
const authorizationPattern =
  /(\bauthorization\\?["']?[ \t]*:[ \t]*\\?["']?(?:(?:[a-z]+|AWS4-HMAC-SHA256)(?:[ \t]+|\\ ))?)([^\s"'\\]+)/gi;

const redactHeaders = (text: string): string =>
  applyReplacements(text, headerReplacements).replace(
    authorizationPattern,
    (all: string, before: string, value: string) => (isPlainWord(value) ? all : before + redactionText),
  );

/** `STRIPE_KEY=value`: only in capitals, since `sort_key=name` is not a secret. */
const keyVariableReplacement: Replacement = [
  /(\b(?!(?:[A-Z\d_]*_)?(?:PRIMARY|FOREIGN|CACHE|SORT|PARTITION|UNIQUE|PUBLIC)_KEY\b)[A-Z][A-Z\d_]*_KEY(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?)[^\s"'&,;()<>[\]{}\\]+/g,
  `$1${redactionText}`,
];

/** Quick checks, because most texts contain no secret. */
const shapeHint =
  /[=@:]|eyJ|ZEN|Bearer|Basic|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|hf_|xox|sk-|npm_|pypi-|AIza|dckr_|whsec_|[rs]k_|ATATT3|GOCSPX|ya29|SG\.|dapi|[\s"']--?|[_ -]key\b|pass|token|secret|login/i;
const nameHint = /token|pass|pwd|secret|credential|key|webhook|signature|cookie|auth/i;

const allNameReplacements = [...nameReplacements, keyVariableReplacement];

/** Redacts secrets that can be recognized by their form or by what comes before them. */
export const redactText = (text: string): string => {
  if (!shapeHint.test(text)) {
    return text;
  }

  const redacted = redactArguments(redactSchemes(applyReplacements(text, shapeReplacements)));
  return nameHint.test(redacted)
    ? redactSentences(applyReplacements(redactHeaders(redacted), allNameReplacements))
    : redacted;
};
