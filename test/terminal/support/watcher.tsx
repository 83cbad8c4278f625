// A small program that wires the terminal module and Ink as zentop does: rows that fill the screen, a selection,
// and every key, paste and report shown on the screen. The tests run it in pseudo-terminals.
import {writeFileSync} from 'node:fs';
import {Box, type Key, render, Text, useApp, useInput} from 'ink';
import {useEffect, useState} from 'react';
import {openTerminal} from '../../../src/terminal/terminal.js';
import {ErrorBoundary} from '../../../src/view/error-boundary.js';

const startedAt = performance.now();
const terminal = openTerminal({
  onSignal: signal => {
    if (signal === 'SIGHUP') {
      process.exit(129);
    }
    leave(`signal ${signal}`);
  },
});

const leave = async (why: string) => {
  instance.unmount();
  await instance.waitUntilExit();
  terminal.close();
  console.log(`left by ${why}`);
  process.exit(0);
};

const statuses = ['running', 'completed', 'failed', 'waiting'];
const colors = ['cyan', 'green', 'red', 'gray'];

const Row = ({at, isSelected}: {at: number; isSelected: boolean}) => (
  <Text wrap="truncate-end" {...(isSelected ? {backgroundColor: '#334455'} : {})}>
    {isSelected ? ' › ' : '   '}
    <Text {...{color: colors[at % 4]!}}>{`◐ ${statuses[at % 4]!.padEnd(10)}`}</Text>
    {`step_${at} 日本 `.repeat(12)}
  </Text>
);

const App = () => {
  const {suspendTerminal} = useApp();
  const [{columns, rows}, setSize] = useState(terminal.getSize());
  const [selected, setSelected] = useState(3);
  const [said, say] = useState('nothing');
  const [ticks, setTicks] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const [tickMs, setTickMs] = useState(Number(process.env['TICK_MS'] ?? 0));
  useEffect(() => {
    const timer = tickMs > 0 ? setInterval(() => setTicks(n => n + 1), tickMs) : undefined;
    return () => clearInterval(timer);
  }, [tickMs]);
  useEffect(() => terminal.onSize(setSize), []);
  useEffect(() => terminal.onReport(report => say(JSON.stringify(report))), []);
  const take = (input: string, key: Key) => {
    if (input === 'j') {
      setSelected(n => n + 1);
    } else if (input === 'k') {
      setSelected(n => n - 1);
    } else if (input === 'q') {
      void leave('q');
    } else if (input === 'p') {
      setTickMs(0);
    } else if (input === 't') {
      terminal.setTitle('◐ watching 9/14');
    } else if (input === 'r') {
      terminal.repaint();
    } else if (input === 'T') {
      throw new Error('thrown in a key');
    } else if (input === 'c') {
      void terminal.copy('copied text\n日本').then(outcome => say(JSON.stringify(outcome)));
    } else if (input === 'w') {
      process.stderr.write('a warning from a library\n');
    } else if (input === 'R') {
      setBroken(true);
    } else if (input === 'A') {
      setTimeout(throwLate);
    } else if (input === 'P') {
      void Promise.reject(new Error('rejected'));
    } else if (input === 'E') {
      process.exit(3);
    } else if (input === 'e') {
      void terminal.lend(suspendTerminal, runEditor).then(() => say('editor ended'));
    } else if (key.ctrl && input === 'z') {
      void terminal.suspend(suspendTerminal).then(wasStopped => say(wasStopped ? 'was stopped' : 'could not stop'));
    } else {
      say(`key ${JSON.stringify(input)}${key.escape ? ' esc' : ''}`);
    }
  };
  useInput(take);
  if (isBroken) {
    throw new Error('thrown in a render');
  }
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box justifyContent="space-between">
        <Text bold>{`watcher ${columns}x${rows}`}</Text>
        <Text>{`tick ${ticks} ●`}</Text>
      </Box>
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {Array.from({length: Math.max(0, rows - 3)}, (_, index) => (
          <Row key={index} at={index} isSelected={index === (selected + ticks) % Math.max(1, rows - 3)} />
        ))}
      </Box>
      <Text wrap="truncate-end">{`said ${said}`}</Text>
      <Text wrap="truncate-end" dimColor>
        {'j/k move  q quit'.padEnd(columns - 1)}
      </Text>
    </Box>
  );
};

const throwLate = () => {
  throw new Error('thrown in a timer');
};

const runEditor = async () => {
  const {spawn} = await import('node:child_process');
  const editor = spawn(process.env['EDITOR'] ?? 'cat', {stdio: 'inherit', shell: true});
  await new Promise(resolve => editor.on('exit', resolve));
};

const leaveBy = (error: Error) => {
  instance.unmount();
  terminal.close();
  console.log(`left by ${error.message}`);
  process.exit(1);
};

const instance = render(
  <ErrorBoundary onError={error => leaveBy(error as Error)}>
    <App />
  </ErrorBoundary>,
  {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    alternateScreen: process.env['ALTERNATE'] !== 'no',
    incrementalRendering: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 60,
  },
);
terminal.attach(instance);
instance.waitUntilExit().catch(leaveBy);
if (process.env['PID_FILE']) {
  writeFileSync(process.env['PID_FILE'], String(process.pid));
}

// A sign of life outside the terminal, for the test in which nothing reads the terminal.
if (process.env['LIFE']) {
  setInterval(() => {
    const {rss} = process.memoryUsage();
    writeFileSync(process.env['LIFE']!, JSON.stringify({ms: performance.now() - startedAt, rss}));
  }, 50);
}
