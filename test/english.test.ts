import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'vitest';

/** Phrases that read as translated, and what to write instead. Add one only if it is wrong nearly everywhere. */
const phrases: readonly (readonly [phrase: RegExp, hint: string])[] = [
  [/\b(?:unless|until) (?:it is )?told\b|\btold otherwise\b|\bunless given\b/i, 'write “(default: …)” or “unless set”'],
  [/\btells\b|\b(?:is|are|was|were|be|been) told\b/i, 'only people tell: shows, reports, prints, says'],
  [/\bask(?:s|ed|ing)? the server\b/i, 'query or poll the server, or send a request'],
  [/\b(?:is|are|was|were|be|been|being|not) asked (?:for|of|on|again|anew|after)\b/i, 'requested, fetched, polled'],
  [/\bwhat can be asked\b/i, 'Run `zentop COMMAND --help` for usage'],
  [/\b(?:goes|went|go) on\b/i, 'is still running, keeps running, continues'],
  [/\bin progress on top\b/i, 'active runs first'],
  [/\bended well\b/i, 'succeeded'],
  [/\bthe (?:one|attempt|run|line|year) before(?=\s*(?:$|[.,;:)'"`”’]))/im, 'the previous one'],
  [
    /(?<!there )\b(?:is|are) no (?:status|recording|number|key|id|date|duration|address|URL|HTTP|JSON|YAML|success|page)\b/i,
    'is not a …',
  ],
  [/\bthose there are\b|\bthere are: /i, '“Available: …” or “Choose from: …”'],
  [/\bneeded are\b/i, 'Expected 2 arguments, got 0'],
  [
    /\b(?:take|takes|taken|taking|took) (?:it |them )?away\b|\b(?:character|all of it) away\b/i,
    'remove, delete, clear',
  ],
  [/\bstands? (?:there|in|at|on|twice|before|beside|behind|where|alone)\b/i, 'is, appears'],
  [/\blies? (?:there|below|behind|before|beside)\b/i, 'is; “downstream” of a graph'],
  [/\bholds? (?:no|a|an|the|what|all|it|one|nothing|that)\b/i, 'contains, keeps, has; of tests: checks'],
  [/\bwhoever\b|\bsomeone who has\b/i, 'you, anyone who, the caller'],
  [/\bthe reader(?:['’]s)?\b/i, 'the user, or “you”'],
  [
    /\blets? us in\b|\bwe (?:do|know|have|had)\b|\b(?:between|blinds) us\b|\bour (?:own|clock)\b/i,
    'name zentop: “between zentop and the server”; “the local clock”',
  ],
  [
    /colour|neighbour|behaviour|ecognis|ynchronis|\blabelled\b|\bgrey/i,
    'American spelling: color, neighbor, recognize, …',
  ],
  [/\banew\b/i, 'again'],
  [/\bby ear\b/i, 'with a screen reader'],
  [/\bat the door\b/i, 'where data enters, on input'],
  [/\bfrom \d+ on\b/i, 'N or higher'],
  [
    /\bso many (?:milli)?(?:seconds|bytes|cells|columns|rows|lines|characters|requests|runs|steps)\b/i,
    'the given number of',
  ],
];

const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'src/README.md', 'package.json']
  .concat(readdirSync('docs').map(name => `docs/${name}`))
  .filter(existsSync);
const sources = ['src', 'test', 'bin', '.build', '.ci'].flatMap(folder =>
  (readdirSync(folder, {recursive: true}) as string[])
    .filter(name => /\.(?:tsx?|c?js)$|^run$/.test(name))
    .map(name => `${folder}/${name}`),
);
const files = [...documents, ...sources].filter(
  // Recorded responses speak as their servers do.
  file => !file.startsWith('test/fixtures/') && file !== 'test/english.test.ts',
);

const findPhrases = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      phrases.flatMap(([phrase, hint]) => {
        const found = phrase.exec(line)?.[0];
        return found === undefined ? [] : [`${file}:${index + 1}: “${found}” – ${hint}`];
      }),
    );

test('no file has phrases that read as translated', () => {
  const findings = files.flatMap(findPhrases);
  assert.deepEqual(findings, [], findings.join('\n'));
});
