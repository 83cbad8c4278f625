// Secrets in command lines, as one text or as a list of arguments.
import {redactionText} from './secret-words.js';

/** Separates the arguments of a list that is searched as one text. */
const listSeparator = '\0';

/** Between two arguments: in a command line, in a list in JSON or Python, possibly within a string, or in a list in YAML. */
const separator = String.raw`(?:\0|(?<![ \t])[ \t]{1,40}|\\?",\s{0,40}\\?"|\\?',\s{0,40}\\?'|\n[ \t]{0,40}-[ \t]{1,40})`;

/** The quote before an argument in a command line; the separators of lists include theirs. */
const quote = String.raw`(?:(?<!\0)\\?["'](?!,))?`;

/** An argument after its quote, if it has one. */
const argument = [
  String.raw`(?<=\0)[^\0]+`,
  String.raw`(?<=")(?:[^"\\\n\0]|\\[^"])+`,
  String.raw`(?<=')(?:[^'\\\n\0]|\\[^'])+`,
  String.raw`[^\s"',;|)\\\0]+`,
].join('|');

/** The rest of an argument after an option of one letter, as in `-pSECRET`, and the quote before it. */
const attachedQuote = String.raw`(?:(?<!["'\0]-.)\\?["'])?`;
const attachedArgument = String.raw`(?<=\0-.)[^\0]+|(?<=["']-.)[^"'\\\n\0]+|${argument}`;

/** The name of the program and the arguments up to here, in the same command. */
const buildLookbehind = (programs: string): string =>
  String.raw`(?<=(?<![\w.-])(?:${programs})${separator}(?:[^\n|;&]|;(?=\S)|&(?!&)|,\n|\n[ \t]{0,40}-[ \t]){0,200})`;

/** The part of `-u ada:SECRET` before the secret: the user and the divider. */
const buildUserPattern = (divider: string): string => String.raw`(?:\\?["'])?[^\s:"'\0]+${divider}`;
/** The secret after them. */
const restOfPair = String.raw`(?:(?<=\0[^\s:"'\0]+.)[^\0]+|(?<=["'][^\s:"'\0]+.)[^"'\n\\\0]+|[^\s"'\\\0]+)`;

/** What is not a value: the next word of a sentence, a placeholder in a usage text, or the name of a parameter in source code. */
const noValue = String.raw`(?!-|(?:is|was|are|or|and|to|for|from|in|with|has|must|needs?|option|flag|argument)\b|(?:[A-Z_]*(?:PASSWORD|TOKEN|SECRET|KEY)|STRING|TEXT|VALUE|(?:[a-z]+_)+(?:password|passphrase|token|secret|key)s?)(?![\w-]))`;

const loginPrograms = String.raw`(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|az|oc|cf)${separator}(?:(?!login)[\w-]+${separator})?login`;

/** Options whose names do not say that a secret follows, so only after the programs that have them. */
const options: readonly {
  readonly programs: string;
  /** The secret is the next argument, or follows `=`. */
  readonly next?: string;
  /** The secret is in the same argument. */
  readonly attached?: string;
}[] = [
  {programs: 'redis-cli|valkey-cli', next: '-a|--pass'},
  // In `mysql -p NAME`, the next argument is a database; in `docker run mysql -p3306:3306`, `-p` maps a port.
  {programs: 'mysql(?:dump|admin|import|show)?|mariadb(?:-dump|-admin)?', attached: String.raw`-p(?!\d*:\d)`},
  {programs: 'mongo(?:sh|dump|restore|export|import)?|cypher-shell|twine', next: '-p'},
  {programs: 'sshpass', next: '-p', attached: '-p'},
  {programs: loginPrograms, next: '-p', attached: '-p(?!assw)'},
  {programs: 'ldap(?:search|add|modify|delete|whoami)', next: '-w'},
  {programs: 'sqlcmd|bcp', next: '-P', attached: '-P'},
  {programs: 'zip|unzip', next: '-P'},
  {programs: '7z[az]?', attached: '-p'},
  {
    programs: String.raw`https?${separator}(?:[^\n|;]{0,200}${separator})?(?:-A|--auth-type)(?:${separator}|=)(?:bearer|jwt)`,
    next: '-a|--auth',
  },
  {
    programs: String.raw`kubectl${separator}(?:[\w-]+${separator}){0,4}secret`,
    next: String.raw`--from-literal(?:=|${separator})[\w.-]+`,
  },
];

/** Options followed by a user and a password. */
const pairs: readonly {readonly programs: string; readonly option: string; readonly divider?: string}[] = [
  {programs: 'curl', option: '(?:-[a-zA-Z]{0,8}[uU]|--(?:proxy-)?user(?!-))'},
  {programs: 'https?', option: '(?:-a|--auth(?!-))'},
  {programs: 'smbclient', option: '-U', divider: '%'},
];

type Rule = {
  /** What a text must contain for the rule to apply: searching for it is cheaper. */
  readonly mention: RegExp;
  readonly pattern: RegExp;
};

const createRule = (mention: string, pattern: string): Rule => ({
  mention: new RegExp(mention),
  pattern: new RegExp(pattern, 'g'),
});

const rules: readonly Rule[] = [
  createRule(
    '-',
    String.raw`((?:${separator}|(?:^|[[(]\s{0,40})\\?["']?)--?[\w-]{0,40}(?:[Pp]assword|[Pp]asswd|[Pp]assphrase|[Tt]oken|[Ss]ecret|[Aa]pi[-_]?[Kk]ey)${separator}${quote})${noValue}(?:${argument})`,
  ),
  ...options.flatMap(({programs, next, attached}) => [
    ...(attached === undefined
      ? []
      : [
          createRule(
            programs,
            `(${separator}${attached}${buildLookbehind(programs)}${attachedQuote})(?:${attachedArgument})`,
          ),
        ]),
    ...(next === undefined
      ? []
      : [
          createRule(
            programs,
            `(${separator}(?:${next})${buildLookbehind(programs)}(?:${separator}|=)${quote})(?!-)(?:${argument})`,
          ),
        ]),
  ]),
  ...pairs.map(({programs, option, divider = ':'}) =>
    createRule(
      programs,
      `(${separator}${option}${buildLookbehind(programs)}(?:${separator}|=)?${buildUserPattern(divider)})${restOfPair}`,
    ),
  ),
  createRule(
    'login',
    String.raw`(${separator}login${buildLookbehind('wandb|vault')}${separator})(?!-)(?=[^\s"'\0]*\d)[^\s"'\0]{8,}`,
  ),
  createRule(
    '-(?:stdin|fd)',
    String.raw`(\becho[ \t]+(?:-n[ \t]+)?${quote})(?:${argument})(?=["']?[ \t]*\|[^\n|;]{0,200}--(?:password|passphrase|token)-(?:stdin|fd))`,
  ),
  createRule(
    'openssl',
    String.raw`(${separator}-pass(?:in|out)?${buildLookbehind('openssl')}${separator}pass:)[^\s"'\0]+`,
  ),
];

/** A quick check, because few texts contain a command. */
const hint = /(?:^|[\s"'\0])--?[\w-]|\blogin\b/;

const applyRule = (text: string, {mention, pattern}: Rule): string =>
  mention.test(text) ? text.replace(pattern, `$1${redactionText}`) : text;

/** Redacts the values of options that are secrets: `--password SECRET`, `mysql -pSECRET`, `["curl", "-u", "ada:SECRET"]`. */
export const redactArguments = (text: string): string => (hint.test(text) ? rules.reduce(applyRule, text) : text);

/**
 * The same for a list of arguments, each of which may contain blanks and quotes. A list with a null character in it is returned
 * as it is.
 */
export const redactArgumentList = (list: readonly string[]): readonly string[] => {
  const redacted = redactArguments(list.join(listSeparator)).split(listSeparator);
  return redacted.length === list.length ? redacted : list;
};
