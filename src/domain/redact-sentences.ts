// Secrets in sentences, prompts and settings without quotes.
import {assignedNamePattern, redactionText} from './secret-words.js';

/** Words of source code and of messages: `token: str`, `password: Secret`, `api_key: missing`. */
const plainWordPattern =
  /^(?:str|string|bytes|bytearray|int|float|bool|any|object|none|null|true|false|required|missing|invalid|incorrect|wrong|expired|changed|updated|accepted|empty|unset|unknown|denied|rejected|[A-Z][a-z]+(?:[A-Z][a-z]+)*)$/;

/** Whether the value after the name of a secret is an ordinary word rather than a secret. */
export const isPlainWord = (value: string): boolean => plainWordPattern.test(value);

/** Words that can follow `the password is` without being the password. */
const sentenceWordPattern =
  /^(?:mandatory|necessary|optional|correct|valid|right|weak|strong|short|long|secure|insecure|safe|unsafe|set|known|public|private|secret|plain|plaintext|temporary|permanent|static|dynamic|default|blank|different|identical|obsolete|forbidden|hidden|broken|here|there|yes|no|YES|NO|ok|okay|fine|base64|md5|sha\d+|utf-?8|_?[A-Z]+(?:_[A-Z]+)+|_[A-Z]+|[a-z]{3,}(?:ed|ing|able|ible))$/;

/** Whether the right side of `=` looks like a secret: in source code, it may be a name, as in `token = reply`. */
const hasDigitOrSymbol = (value: string): boolean => /[\d!@#%^*+/=~]/.test(value);

const value = String.raw`(\\?["'])(?:(?!\\?["'])[^\n])+\\?["']|[^\s"',;]*[^\s"',;:.()]`;

/** `Password for user ada: SECRET`, where a prompt and what was typed are in one line, and `the password for ada is SECRET`. */
const saidPattern = new RegExp(
  String.raw`(\bpass(?:word|phrase|code)(?:[ \t]+(?:for|of)(?:[ \t]+[^\s:]{1,60}){1,2}(?::[ \t]+|[ \t]+is:?[ \t]+)|[ \t]+is:?[ \t]+))(?:${value})(?=[.,;:!)]{0,2}[ \t]*$)`,
  'gim',
);

const trailingIsPattern = /[ \t]is[ \t]+$/i;

/** `your token is SECRET`: only what cannot be a word or a count. */
const saidTokenPattern =
  /(\b(?:token|secret|(?:api|access|secret)[ \t]key)[ \t]+is:?[ \t]+["'`]?)(?=[^\s"'`]*\d)(?=[^\s"'`]*[a-z])[^\s"'`]{7,}[^\s"'`.,;]/gi;

/** `login failed with password SECRET` */
const usedPattern =
  /(\b(?:with|using)[ \t]+(?:the[ \t]+)?pass(?:word|phrase)[ \t:]+)(?:(["'])(?:(?!\2)[^\n])+\2|(?=[^\s"']*\d)[^\s"',;)]{4,})/gi;

/** The line of a `.netrc` file. */
const netrcPattern =
  /(\b(?:machine\s+\S{1,200}|default)\s+(?:(?:login|account)\s+\S{1,200}\s+){1,2}password\s+)(?:"[^"\n]+"|'[^'\n]+'|[^\s"']+)/g;

/** The arguments of commands that set variables: `aws configure set NAME SECRET`, `ENV NAME SECRET`. */
const variablePattern = new RegExp(
  String.raw`(\b(?:config(?:ure)?[ \t]+set|ENV|setenv)[ \t]+${assignedNamePattern}[ \t]+)(?:"[^"\n]+"|'[^'\n]+'|[^\s"']+)`,
  'gi',
);

/** `password:SECRET` without a blank, but not the tag of an image. */
const tightPattern =
  /((?<![\w./-])[\w.-]{0,60}(?:password|passwd|passphrase|pwd|api[_-]?key)\\?["']?:\\?["']?)(?=[^\s"',;]*[a-z])(?=[^\s"',;]*\d)[^\s"',;()[\]{}<>$|\\]{6,}/gi;

/** `<password>SECRET</password>` */
const elementPattern =
  /(<(?:[\w.-]{0,40}:)?[\w.-]{0,40}(?:password|passphrase|token|secret|api-?key)>)[^<\n]+(?=<\/)/gi;

/** `password: value` and `password = value` without quotes, as in YAML, INI files and headers. */
const plainAssignmentPattern = new RegExp(
  `((?:^|[,;{(&|"'])[ \\t]*(?:- +)?${assignedNamePattern}(?:[ \\t]*(:)[ \\t]+|[ \\t]+=[ \\t]+))([^\\s"',;()[\\]{}<>$|\\\\]+)(?=[ \\t]*(?:$|[,;}"')]))`,
  'gim',
);

/** `tokens: 512` */
const isCount = (before: string, text: string): boolean =>
  /tokens[ \t]*[:=][ \t]*$/i.test(before) && /^\d+$/.test(text);

/** `aws_secret_access_key = abcdefgh`: source code hardly uses such a name, so even a value without digits is a key. */
const isAwsKey = (before: string, assigned: string): boolean =>
  /(?<!\.)\baws_/i.test(before) && /^[a-z/+=]{8,}$/i.test(assigned);

const redactPlainAssignments = (text: string): string =>
  text.replace(plainAssignmentPattern, (all: string, before: string, colon: string | undefined, assigned: string) =>
    isPlainWord(assigned) ||
    isCount(before, assigned) ||
    (colon === undefined && !hasDigitOrSymbol(assigned) && !isAwsKey(before, assigned))
      ? all
      : before + redactionText,
  );

/** Redacts secrets that follow the name of a secret in a sentence, a prompt or a setting. */
export const redactSentences = (text: string): string =>
  redactPlainAssignments(text)
    .replace(saidPattern, (all: string, before: string) => {
      const said = all.slice(before.length);
      const isWord = isPlainWord(said) || (trailingIsPattern.test(before) && sentenceWordPattern.test(said));
      return isWord ? all : before + redactionText;
    })
    .replace(saidTokenPattern, `$1${redactionText}`)
    .replace(usedPattern, `$1${redactionText}`)
    .replace(netrcPattern, `$1${redactionText}`)
    .replace(variablePattern, `$1${redactionText}`)
    .replace(tightPattern, `$1${redactionText}`)
    .replace(elementPattern, `$1${redactionText}`);
