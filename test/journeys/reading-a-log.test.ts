import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aLogEntry, at} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {journey} from '../support/journey.js';
import {
  epochs,
  hostileEntries,
  logArrives,
  logKey,
  logOpened,
  runLogArrives,
  trainerPage,
} from '../support/log-states.js';
import {entriesSaying} from '../support/logs.js';
import {after, failed} from '../support/watching.js';

const open = (from: State, ...actions: readonly Action[]) => journey(after(from, ...actions));

const reading = (count = 300) => open(logOpened(), logArrives(epochs(count)));

describe.each([
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
])('a log at %s', (_, size) => {
  const reader = () => reading().resizesTo(size);

  test('is followed until the reader scrolls up, and again from its end', () => {
    const last = (place: number) => new RegExp(`epoch ${place} loss`);
    reader()
      .shows(last(298), 'following')
      .happens(logArrives(epochs(310)))
      .shows(last(308), 'following')
      .press('k')
      .hides('following', 'epoch 309')
      .happens(logArrives(epochs(320)))
      .hides('epoch 310')
      .press('G')
      .shows(last(318), 'following')
      .press('pageup')
      .hides('following')
      .press('pagedown')
      .shows('following');
  });

  test('is searched while it is typed, with the count, from line to line', () => {
    reader()
      .press('/', 'f', 'a', 'l', 'l')
      .shows('/fall_', 'epoch 299: the', ': 3 of 3')
      .press('return')
      .press('N')
      .shows(': 2 of 3', 'epoch 199:')
      .press('N', 'N')
      .shows(': 1 of 3', 'epoch 99:', 'nothing above holds it')
      .press('n')
      .shows(': 2 of 3')
      .press('escape')
      .hides(': 2 of 3')
      .press('escape')
      .press('1')
      .hides('epoch');
  });

  test('is narrowed to warnings and worse, to errors, and widened again', () => {
    reader()
      .press('l')
      .shows('W epoch 99:', 'W epoch 299:', 'warnings and worse')
      .hides('epoch 298')
      .press('l')
      .shows('no errors in 300 lines')
      .press('l')
      .shows('epoch 298');
  });
});

test('growing finds more lines, and leaves the reader where they are', () => {
  reading()
    .press('/', 'f', 'a', 'l', 'l', 'return', 'N')
    .shows(': 2 of 3')
    .happens(logArrives(epochs(420)))
    .shows(': 2 of 4', 'epoch 199:');
});

test('a search that finds nothing says so, and given up leaves no trace', () => {
  reading().press('/', 'x', 'y').shows('/xy: not found').press('escape').hides('xy');
});

test('a capital in what is searched makes capitals count', () => {
  reading().press('/', 'F').shows('/F: not found').press('backspace', 'f').shows('/f: 3 of 3');
});

test('a bar that is drawn again and again is one line that changes', () => {
  const bar = (...percents: readonly number[]) => [
    ...entriesSaying('loading'),
    ...percents.map((percent, place) => aLogEntry({id: `bar-${place}`, message: `\r${percent}% done`})),
  ];
  open(logOpened(), logArrives(bar(10, 20)))
    .shows('20% done', '2 lines')
    .hides('10% done')
    .happens(logArrives(bar(10, 20, 30)))
    .shows('30% done', '2 lines')
    .hides('20% done');
});

test('long lines are cut, shifted, and wrapped', () => {
  const long = `begin ${'-'.repeat(150)} end`;
  open(logOpened(), logArrives(entriesSaying(long)))
    .shows('begin', '…')
    .hides(' end\n')
    .press('right', 'right', 'right')
    .hides('begin')
    .shows('- end')
    .press('left', 'left', 'left')
    .shows('begin')
    .press('w')
    .shows('begin', '- end')
    .press('right')
    .shows('long lines are wrapped');
});

test('times go and come back', () => {
  reading().shows('21:14:10').press('T').hides('21:14:10').press('T').shows('21:14:10');
});

test('a running step tells how old its last line is, and why that may be', () => {
  reading().passes(12).shows('last line 12s ago · updated every 5s');
  open(logOpened({status: 'completed', endedAt: at(600)}), logArrives(epochs(10)))
    .hides('last line')
    .shows(' end');
});

test('the other logs of a step are read one after the other, each from where it was left', () => {
  reading()
    .press('home')
    .shows('epoch 0 loss', 'step · 300 lines')
    .press('s')
    .shows('loading log…')
    .happens(logArrives(entriesSaying('Step trainer has started.'), 'prepare_step'))
    .shows('Step trainer has started.', 'prepare_step · 1 line')
    .press('s')
    .shows('epoch 0 loss');
});

test('the log of the run is one key away, and the way back leads where one came from', () => {
  const client = runLogArrives(entriesSaying('Initiating a new run'));
  const fromList = open(logOpened(), {type: 'pane/closed'}, {type: 'tab/chosen', tab: 'overview'});
  fromList
    .press('L')
    .happens(client)
    .shows('Initiating a new run', 'client · 1 line')
    .press('escape')
    .shows('Overview')
    .hides('Initiating');
  assert.equal(fromList.state().watch?.pane.tab, 'overview');
  reading().happens(client).press('L').shows('Initiating a new run').press('L').shows('epoch 298');
});

test('saving proposes a name, asks for nothing more, and writes what is read', () => {
  const reader = reading().press('S').shows('save as training_pipeline-2026_11_23-21_04_11.trainer-2.log');
  reader.press('ctrl+u', 'a', '.', 'l', 'o', 'g', 'return');
  assert.deepEqual(reader.effects(), [{type: 'save-log', path: 'a.log'}]);
  assert.deepEqual(reading().press('S', 'escape').effects(), []);
  assert.deepEqual(reading().press('S', 'ctrl+u', 'return').effects(), []);
});

test('the line that was found can be copied, without what would be obeyed', () => {
  const reader = journey(
    after(logOpened(), logArrives(entriesSaying('first', 'bad \x1b[31mred\x1b[0m \x1b[2J', 'last'))),
  );
  reader.press('/', 'b', 'a', 'd', 'return', 'y').shows('line found').press('1');
  assert.deepEqual(reader.effects(), [{type: 'copy', what: 'line found', text: 'bad red ^[[2J'}]);
});

describe('where there is nothing to read', () => {
  test('it is asked for', () => {
    journey(logOpened()).shows('loading log…').press('p').shows('updates paused: press p');
  });

  test('a running step has not written yet', () => {
    open(logOpened(), logArrives([])).shows('no output yet (logs arrive about every 5 s)');
  });

  test('a step that has ended wrote nothing', () => {
    open(logOpened({status: 'completed', endedAt: at(600)}), logArrives([])).shows('log "step" is empty');
  });

  test('a step has not started', () => {
    journey(logOpened()).press('escape').press('G').selects('deploy').shows('not started: no log yet');
  });

  test('a cached step leads to the original run', () => {
    const cached = {status: 'cached', endedAt: at(71), logSources: []} as const;
    open(logOpened(cached, 'original'), trainerPage(cached, 'original')).shows(
      'a cached step has no log: see the original run',
    );
  });

  test('the server may not read the files, and there is a way out', () => {
    const detail = 'Files in a local artifact store cannot be accessed from the server.';
    open(logOpened(), failed(logKey('step'), {kind: 'forbidden', detail}, at(601))).shows(
      'the server cannot access the files of this artifact store',
      `server message: ${detail}`,
      'zenml login --local',
      'ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true',
    );
  });

  test('the keys of a log say that there is none', () => {
    journey(logOpened()).press('/').shows('there is nothing to read here');
  });
});

test('a log that fails to come again stays, and says why', () => {
  reading()
    .happens(failed(logKey('step'), {kind: 'timed-out', afterMs: 10_000}, at(640)))
    .shows('epoch 298', 'timed out after 10s');
});

test('what is gone, and what the server keeps back, is said', () => {
  const many = Array.from({length: 60_000}, (_, place) => `line ${place}`).join('\n');
  open(logOpened(), logArrives(entriesSaying(many)))
    .shows('60,000 lines', /first 9,\d\d\d lines dropped/)
    .press('home')
    .hides(' line 0 ');
  open(logOpened(), logArrives(epochs(50_000))).shows('truncated by the server after 50,000 entries');
});

test('hostile text is seen for what it is', () => {
  open(logOpened(), logArrives(hostileEntries))
    .press('home')
    .shows('^[]52;c;Zm9v^G^[[2J^[[1;1Hgone', 'hidden blinking', '<U+202E>gnp.exe<U+2069>', 'c^@d<9b>31m<U+2028>e');
});
