import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDag, aLogEntry, aRun, aServerInfo, at} from '../support/builders.js';
import {journeySizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {
  anOpenLogState,
  buildEpochs,
  createLogArrival,
  createRunLogArrival,
  createTrainerArrival,
  getLogKey,
  hostileEntries,
} from '../support/log-states.js';
import {buildEntries} from '../support/logs.js';
import {failedTraining} from '../support/runs.js';
import {anEndedState} from '../support/screens.js';
import {createArrival, createFailedRequest, reduceAll} from '../support/watching.js';

const open = (from: State, ...actions: readonly Action[]) => startJourney(reduceAll(from, ...actions));

const startReading = () => open(anOpenLogState(), createLogArrival(buildEpochs(300)));

describe.each(journeySizes)('a log at %s', (_, size) => {
  const startUser = () => startReading().resizeTo(size);

  test('is followed until the user scrolls up, and again from its end', () => {
    const matchEpoch = (index: number) => new RegExp(`epoch ${index} loss`);
    startUser()
      .shows(matchEpoch(298), 'following')
      .dispatch(createLogArrival(buildEpochs(310)))
      .shows(matchEpoch(308), 'following')
      .press('k')
      .hides('following', 'epoch 309')
      .dispatch(createLogArrival(buildEpochs(320)))
      .hides('epoch 310')
      .press('G')
      .shows(matchEpoch(318), 'following')
      .press('pageup')
      .hides('following')
      .press('pagedown')
      .shows('following');
  });

  test('is searched while typing, with a count, from match to match', () => {
    startUser()
      .press('/', 'f', 'a', 'l', 'l')
      .shows('/fall_', 'epoch 299: the', ': 3 of 3')
      .press('return')
      .press('N')
      .shows(': 2 of 3', 'epoch 199:')
      .press('N')
      .shows(': 1 of 3', 'epoch 99:')
      .press('n')
      .shows(': 2 of 3')
      .press('escape')
      .hides(': 2 of 3')
      .press('escape')
      .press('1')
      .hides('epoch');
  });

  test('is filtered to warnings, to errors, and shown whole again', () => {
    startUser()
      .press('l')
      .shows('W epoch 99:', 'W epoch 299:', 'warnings and errors')
      .hides('epoch 298')
      .press('l')
      .shows('no errors in 300 lines')
      .press('l')
      .shows('epoch 298');
  });
});

test('a growing log has more matches, and keeps the scroll position', () => {
  startReading()
    .press('/', 'f', 'a', 'l', 'l', 'return', 'N')
    .shows(': 2 of 3')
    .dispatch(createLogArrival(buildEpochs(420)))
    .shows(': 2 of 4', 'epoch 199:');
});

test('a search without matches says so, and escape leaves no trace of it', () => {
  startReading().press('/', 'x', 'y').shows('/xy: not found').press('escape').hides('xy');
});

test('a search says that matches are hidden by the level filter', () => {
  startReading().press('l', '/', 'e', 'p', 'o', 'c', 'h', ' ', '2', '9', '8').shows(': only in 1 hidden line');
});

test('n and N wrap around at the ends of the log', () => {
  startReading()
    .press('/', 'f', 'a', 'l', 'l', 'return')
    .shows(': 3 of 3')
    .press('n')
    .shows(': 1 of 3')
    .press('N')
    .shows(': 3 of 3');
});

test('a capital letter makes the search case-sensitive', () => {
  startReading().press('/', 'F').shows('/F: not found').press('backspace', 'f').shows('/f: 3 of 3');
});

test('a redrawn progress bar is one changing line', () => {
  const buildBarEntries = (...percents: readonly number[]) => [
    ...buildEntries('loading'),
    ...percents.map((percent, index) => aLogEntry({id: `bar-${index}`, message: `\r${percent}% done`})),
  ];
  open(anOpenLogState(), createLogArrival(buildBarEntries(10, 20)))
    .shows('20% done', '2 lines')
    .hides('10% done')
    .dispatch(createLogArrival(buildBarEntries(10, 20, 30)))
    .shows('30% done', '2 lines')
    .hides('20% done');
});

test('long lines are cut, scrolled sideways, and wrapped', () => {
  const long = `begin ${'-'.repeat(150)} end`;
  open(anOpenLogState(), createLogArrival(buildEntries(long)))
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
    .shows('lines are wrapped (w to unwrap)');
});

test('timestamps can be toggled', () => {
  startReading().shows('21:14:10').press('T').hides('21:14:10').press('T').shows('21:14:10');
});

test('a running step shows the age of its last line, and how often logs arrive', () => {
  startReading().wait(12).shows('last line 12s ago · updated every 5s');
  open(anOpenLogState({status: 'completed', endedAt: at(600)}), createLogArrival(buildEpochs(10)))
    .hides('last line')
    .shows(' end');
});

test('s cycles through the logs of a step, each at its own position', () => {
  startReading()
    .press('home')
    .shows('epoch 0 loss', 'step · 300 lines')
    .press('s')
    .shows('loading log…')
    .dispatch(createLogArrival(buildEntries('Step trainer has started.'), 'prepare_step'))
    .shows('Step trainer has started.', 'prepare_step · 1 line')
    .press('s')
    .shows('epoch 0 loss');
});

test('L opens the log of the run, and escape goes back', () => {
  const runLogArrival = createRunLogArrival(buildEntries('Initiating a new run'));
  const fromList = open(anOpenLogState(), {type: 'pane/closed'}, {type: 'tab/chosen', tab: 'overview'});
  fromList
    .press('L')
    .dispatch(runLogArrival)
    .shows('Initiating a new run', 'client · 1 line')
    .press('escape')
    .shows('Overview')
    .hides('Initiating');
  assert.equal(fromList.state().openRun?.pane.tab, 'overview');
  startReading().dispatch(runLogArrival).press('L').shows('Initiating a new run').press('L').shows('epoch 298');
});

test('S suggests a file name, and saves the shown log to the file entered', () => {
  const user = startReading().press('S').shows('save as training_pipeline-2026_11_23-21_04_11.trainer-2.log');
  user.press('ctrl-u', 'a', '.', 'l', 'o', 'g', 'return');
  assert.deepEqual(user.effects(), [{type: 'save-log', path: 'a.log'}]);
  assert.deepEqual(startReading().press('S', 'escape').effects(), []);
  assert.deepEqual(startReading().press('S', 'ctrl-u', 'return').effects(), []);
});

test('the matching line can be copied, without escape sequences', () => {
  const user = startJourney(
    reduceAll(anOpenLogState(), createLogArrival(buildEntries('first', 'bad \x1b[31mred\x1b[0m \x1b[2J', 'last'))),
  );
  user.press('/', 'b', 'a', 'd', 'return', 'y').shows('matching line').press('1');
  assert.deepEqual(user.effects(), [{type: 'copy', what: 'matching line', text: 'bad red ^[[2J'}]);
});

describe('without log lines', () => {
  test('a log that has not been fetched is loading, or waits until updates resume', () => {
    startJourney(anOpenLogState()).shows('loading log…').press('p').shows('updates paused: press p to load the log');
  });

  test('a running step has no output yet', () => {
    open(anOpenLogState(), createLogArrival([])).shows('no output yet (logs arrive about every 5 s)');
  });

  test('the log of an ended step is empty', () => {
    open(anOpenLogState({status: 'completed', endedAt: at(600)}), createLogArrival([])).shows('log “step” is empty');
  });

  test('a step that has not started has no log', () => {
    startJourney(anOpenLogState()).press('escape').press('G').showsCursorAt('deploy').shows('not started: no log yet');
  });

  test('a step that never ran names the failed step upstream of it', () => {
    const {steps} = failedTraining.dag;
    const dag = aDag({
      steps: steps.map(step => (step.name === 'deploy' ? {...step, upstream: ['trainer']} : step)),
    });
    const {id: runId} = aRun();
    open(anEndedState(), createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(700)))
      .press('G')
      .showsCursorAt('deploy')
      .press('6')
      .shows('did not run: step trainer, upstream of it, failed');
  });

  test('a step that did not run because the run ended first says so', () => {
    startJourney(anEndedState())
      .press('G')
      .showsCursorAt('deploy')
      .press('6')
      .shows('did not run: the run ended first');
  });

  test('ZenML 0.80 has no run logs, and L says so', () => {
    const info = createArrival('info', {kind: 'info', info: aServerInfo({version: '0.80.2'})}, at(600));
    open(anOpenLogState(), info)
      .press('escape', 'L')
      .shows('this server (0.80.2) has no run logs: they need ZenML 0.81 or later');
  });

  test('the tab says that a server of unknown version has no run logs', () => {
    open(
      anOpenLogState(),
      createFailedRequest(`log:run:${aRun().id}:log-client`, {kind: 'no-route', path: 'runs/r/logs'}, at(600)),
    )
      .press('L')
      .shows('this server has no run logs: they need ZenML 0.81 or later');
  });

  test.each(['cached', 'skipped'] as const)('a %s step refers to the original run', status => {
    const reusedAttempt = {status, endedAt: at(71), logSources: []};
    open(anOpenLogState(reusedAttempt, 'original'), createTrainerArrival(reusedAttempt, 'original')).shows(
      'a step that reused outputs has no log: see the original run',
    );
  });

  test('suggests what to do if the server cannot access the files', () => {
    const detail = 'Files in a local artifact store cannot be accessed from the server.';
    open(anOpenLogState(), createFailedRequest(getLogKey('step'), {kind: 'forbidden', detail}, at(601))).shows(
      'the server cannot access the files of this artifact store',
      `server message: ${detail}`,
      'zenml login --local',
      'ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true',
    );
  });

  test('the key for searching says that there is no log', () => {
    startJourney(anOpenLogState()).press('/').shows('no log here');
  });
});

test('a log that cannot be refreshed stays, and says why', () => {
  startReading()
    .dispatch(createFailedRequest(getLogKey('step'), {kind: 'timed-out', afterMs: 10_000}, at(640)))
    .shows('epoch 298', 'timed out after 10s');
});

test('dropped and truncated lines are reported', () => {
  const many = Array.from({length: 60_000}, (_, index) => `line ${index}`).join('\n');
  open(anOpenLogState(), createLogArrival(buildEntries(many)))
    .shows('60,000 lines', /first 9,\d\d\d lines dropped/)
    .press('home')
    .hides(' line 0 ');
  open(anOpenLogState(), createLogArrival(buildEpochs(50_000))).shows('truncated by the server after 50,000 entries');
});

test('hostile text is shown escaped', () => {
  open(anOpenLogState(), createLogArrival(hostileEntries))
    .press('home')
    .shows('^[]52;c;Zm9v^G^[[2J^[[1;1Hgone', 'hidden blinking', '<U+202E>gnp.exe<U+2069>', 'c^@d<9b>31m<U+2028>e');
});
