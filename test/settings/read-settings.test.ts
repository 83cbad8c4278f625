import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {readSettings, settingNames} from '../../src/settings/read-settings.js';
import {defaultSettings} from '../../src/settings/settings.js';

const path = '/home/me/.config/zentop/config.yaml';
const read = (text: string | undefined) => readSettings(text, path);

test('uses the defaults for a missing or empty file and for one with only comments', () => {
  for (const text of [undefined, '', '# nothing yet\n', '~\n']) {
    assert.deepEqual(read(text), {settings: defaultSettings, names: [], problems: [], isIgnored: false});
  }
});

test('reads every setting', () => {
  const {settings, names, problems} = read(
    [
      'theme: deuteranopia',
      'ascii: true',
      'screen-reader: true',
      'interval: 2.5',
      'notify: {end: false}',
      'on-end: [notify-send, zentop]',
      'on-quiet: [notify-send, quiet]',
      'columns: [time]',
      'read-only: true',
      'keys: {step.next: n, tab.next: [1, tab]}',
      "filters: {failed-nightly: 'status:failed pipeline:nightly'}",
      'mouse: true',
    ].join('\n'),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual([...names].sort(), [...settingNames].sort());
  assert.deepEqual(settings, {
    theme: 'deuteranopia',
    isAscii: true,
    isScreenReader: true,
    intervalMs: 2500,
    notify: {onEnd: false, onFailure: true},
    onEnd: ['notify-send', 'zentop'],
    onQuiet: ['notify-send', 'quiet'],
    columns: ['time'],
    filters: {'failed-nightly': 'status:failed pipeline:nightly'},
    hasMouse: true,
    isReadOnly: true,
    keys: {'step.next': ['n'], 'tab.next': ['1', 'tab']},
  });
});

test('accepts a program without arguments for on-end', () => {
  assert.deepEqual(read('on-end: say-it\n').settings.onEnd, ['say-it']);
});

test('rejects a program without a name for on-end', () => {
  const {settings, problems} = read('on-end: ["", zentop]\n');
  assert.deepEqual(settings, defaultSettings);
  assert.match(problems[0]!, /on-end must be a program/);
});

test.each(['on-end', 'on-quiet'])('rejects a command line for %s, which would be the name of one program', name => {
  const {settings, problems} = read(`${name}: say-it loudly\nascii: true\n`);
  assert.deepEqual(settings, {...defaultSettings, isAscii: true});
  assert.match(
    problems[0]!,
    new RegExp(`${name} must be a program, or a list with the program and its arguments, such as`),
  );
});

for (const [text, problem] of [
  [
    'theme: pink\n',
    `${path}, line 1, column 1: theme must be one of: auto, dark, light, sixteen, mono, deuteranopia, tritanopia.`,
  ],
  [
    'ascii: true\ninterval: 0\n',
    `${path}, line 2, column 1: interval must be a number of seconds between 0.2 and 3600.`,
  ],
  [
    'notify: loud\n',
    `${path}, line 1, column 1: notify must be a map with \`end\` and \`failure\`, each true or false.`,
  ],
  ['theme: mono\nascii: @yes\n', `${path}, line 2, column 8: not valid YAML; the file is ignored.`],
  ['columns: [name]\n', `${path}, line 1, column 1: columns must be a list of any of: status, time, try, timeline.`],
  ['keys: [n]\n', `${path}, line 1, column 1: keys must be a map from commands to a key or a list of keys.`],
  ...['[x]', '{1st: x}'].map(
    filters =>
      [
        `filters: ${filters}\n`,
        `${path}, line 1, column 1: filters must be a map from names (a letter, then letters, digits, - or _) to filters of the run list.`,
      ] as const,
  ),
  ['- theme\n', `${path}, line 1, column 1: expected \`name: value\` lines; the file is ignored.`],
] as const) {
  test(`reports the position of a problem in ${JSON.stringify(text)}, and reads the rest unless the file is ignored`, () => {
    const {problems, settings} = read(text);
    assert.deepEqual(problems, [problem]);
    assert.equal(settings.isAscii, text.startsWith('ascii'));
  });
}

test.each(['thema', 'them', 'themes', 'htheme', 'tehme'])(
  'suggests a similar name for the unknown setting %s',
  name => {
    assert.match(
      read(`${name}: mono\n`).problems[0]!,
      /line 1, column 1: unknown setting “\w+”\. Did you mean “theme”\?$/,
    );
  },
);

test('lists all settings for an unknown one that resembles none', () => {
  assert.match(read('color: mono\nascii: true\n').problems[0]!, /unknown setting “color”\. Available: theme, /);
  assert.equal(read('color: mono\nascii: true\n').settings.isAscii, true);
});

test('returns a value for every setting, whatever the file contains', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      const {settings} = read(text);
      assert.deepEqual(Object.keys(settings).sort(), Object.keys(defaultSettings).sort());
    }),
    {numRuns: 500},
  );
});

test('reports a problem with the keys of a command at its line', () => {
  const {settings, problems} = readSettings('ascii: true\nkeys:\n  step.nxt: n\n', path, () => ({
    keys: {},
    problems: [{id: 'step.nxt', what: 'there is no such command'}],
  }));
  assert.deepEqual(problems, [`${path}, line 3, column 3: there is no such command.`]);
  assert.equal(settings.isAscii, true);
});
