import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {detectCapabilities} from '../../src/terminal/capabilities.js';
import {copyText, encodeClipboardText} from '../../src/terminal/clipboard.js';
import type {Environment} from '../../src/terminal/environment.js';
import {encodeTitle} from '../../src/terminal/modes.js';
import {encodeNotification} from '../../src/terminal/notify.js';
import {openUrl} from '../../src/terminal/open-url.js';
import {type ProcessCommand, runCommand, startCommand} from '../../src/terminal/run-command.js';

const createOptions = (env: Environment, platform: NodeJS.Platform = 'linux') => {
  const full = {TERM: 'xterm-256color', ...env};
  return {
    env: full,
    platform,
    capabilities: detectCapabilities({env: full, platform, isInputTty: true, isOutputTty: true}),
  };
};

const copyAt = async (
  text: string,
  env: Environment,
  workingPrograms: readonly string[] = [],
  platform?: NodeJS.Platform,
) => {
  const tried: string[] = [];
  let sent = '';
  const outcome = await copyText(text, {
    ...createOptions(env, platform),
    run: async ([program], input) => {
      assert.equal(input, text);
      tried.push(program);
      return workingPrograms.includes(program);
    },
    send: sequence => {
      sent += sequence;
    },
  });
  return {outcome, tried, sent};
};

test('copies through tmux, which passes the text to the outer terminal', async () => {
  const {outcome, tried, sent} = await copyAt('id', {TMUX: 'x'}, ['tmux']);
  assert.deepEqual(outcome, {kind: 'copied', by: 'tmux'});
  assert.deepEqual(tried, ['tmux']);
  assert.equal(sent, '');
});

test('copies over SSH to the terminal, never to the clipboard of the remote machine', async () => {
  const {outcome, tried, sent} = await copyAt('id', {SSH_TTY: '/dev/pts/0', DISPLAY: ':10'}, ['xclip']);
  assert.deepEqual(outcome, {kind: 'sent'});
  assert.deepEqual(tried, []);
  assert.equal(sent, `\x1b]52;c;${Buffer.from('id').toString('base64')}\x07`);
});

test('tries the clipboard programs of a desktop before the terminal', async () => {
  const {outcome, tried} = await copyAt('id', {DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0'});
  assert.deepEqual(tried, ['wl-copy', 'xclip', 'xsel']);
  assert.deepEqual(outcome, {kind: 'sent'});
  assert.deepEqual((await copyAt('id', {}, ['pbcopy'], 'darwin')).outcome, {kind: 'copied', by: 'pbcopy'});
});

test('refuses a text that cannot be copied, with the reason', async () => {
  assert.deepEqual((await copyAt('id', {TERM: 'linux'})).outcome, {kind: 'refused', reason: 'noClipboard'});
  const long = await copyAt('x'.repeat(74_995), {});
  assert.deepEqual(long.outcome, {kind: 'refused', reason: 'tooLong'});
  assert.equal(long.sent, '');
});

test('sends a text that fills a sequence of 100,000 bytes, whatever GNU screen adds to that', async () => {
  const longest = 'ä'.repeat(74_994 / 2);
  assert.deepEqual((await copyAt(longest, {})).outcome, {kind: 'sent'});
  assert.deepEqual((await copyAt(longest, {STY: '1.pts-0'})).outcome, {kind: 'sent'});
  assert.equal((await copyAt(longest, {})).sent.length, 100_000);
  assert.deepEqual((await copyAt(`${longest}x`, {STY: '1.pts-0'})).outcome, {kind: 'refused', reason: 'tooLong'});
});

test('sends the sequence through GNU screen in short strings', () => {
  const sequence = encodeClipboardText('x'.repeat(1000), {multiplexer: {kind: 'screen'}});
  const strings = [...sequence.matchAll(/\x1bP([^\x1b]*\x1b?[^\x1b]*)\x1b\\/g)].map(match => match[1]!);
  assert.ok(strings.every(string => string.length <= 240));
  assert.equal(strings.join(''), encodeClipboardText('x'.repeat(1000), {multiplexer: undefined}));
});

const openAt = async (
  url: string,
  env: Environment,
  canStart: boolean | ((program: string) => boolean) = true,
  platform?: NodeJS.Platform,
) => {
  const started: ProcessCommand[] = [];
  const start = async (command: ProcessCommand) => {
    started.push(command);
    return typeof canStart === 'boolean' ? canStart : canStart(command[0]);
  };
  return {outcome: await openUrl(url, {...createOptions(env, platform), start}), started};
};

test.each([
  ['macOS', 'darwin', {}, ['open']],
  ['a Linux desktop with X11', 'linux', {DISPLAY: ':0'}, ['xdg-open']],
  ['a Linux desktop with Wayland', 'linux', {WAYLAND_DISPLAY: 'wayland-0'}, ['xdg-open']],
  ['WSL, even without a display of its own', 'linux', {WSL_DISTRO_NAME: 'Ubuntu'}, ['wslview']],
  ['WSL with a display', 'linux', {WSL_DISTRO_NAME: 'Ubuntu', DISPLAY: ':0'}, ['wslview']],
  [
    'Windows',
    'win32',
    {SystemRoot: 'D:\\Windows'},
    ['D:\\Windows\\System32\\rundll32.exe', 'url.dll,FileProtocolHandler'],
  ],
  ['Windows without SystemRoot', 'win32', {}, ['C:\\Windows\\System32\\rundll32.exe', 'url.dll,FileProtocolHandler']],
] as const)('opens a page on %s', async (_, platform, env, command) => {
  const url = 'https://zenml.example/runs/1?tab=logs&level=error';
  const {outcome, started} = await openAt(url, env, true, platform);
  assert.deepEqual(outcome, {kind: 'opened'});
  assert.deepEqual(started, [[...command, url]]);
});

test('opens a page with a program of Windows in WSL without wslview', async () => {
  const {outcome, started} = await openAt(
    'https://a.example/',
    {WSL_DISTRO_NAME: 'Debian'},
    program => program !== 'wslview',
  );
  assert.deepEqual(outcome, {kind: 'opened'});
  assert.deepEqual(started, [
    ['wslview', 'https://a.example/'],
    ['rundll32.exe', 'url.dll,FileProtocolHandler', 'https://a.example/'],
  ]);
});

test.each([
  ['linux', '/opt/editor/helper'],
  ['win32', 'C:\\editor\\helper.exe'],
] as const)('uses the program in BROWSER on %s, also over SSH', async (platform, program) => {
  const {outcome, started} = await openAt('https://a.example/', {SSH_TTY: 'x', BROWSER: program}, true, platform);
  assert.deepEqual(outcome, {kind: 'opened'});
  assert.deepEqual(started, [[program, 'https://a.example/']]);
});

test.each([
  ['linux', 'firefox:lynx'],
  ['linux', 'firefox %s'],
  ['win32', 'C:\\firefox.exe;C:\\lynx.exe'],
] as const)('ignores a list or a program with arguments in BROWSER: %s, %s', async (platform, programs) => {
  const {started} = await openAt('https://a.example/', {DISPLAY: ':0', BROWSER: programs}, true, platform);
  assert.deepEqual(
    started.map(([program]) => program),
    [platform === 'linux' ? 'xdg-open' : 'C:\\Windows\\System32\\rundll32.exe'],
  );
});

test('starts nothing without a display', async () => {
  const {outcome, started} = await openAt('https://a.example/', {SSH_TTY: 'x'});
  assert.deepEqual(outcome, {kind: 'refused', reason: 'noDisplay'});
  assert.deepEqual(started, []);
});

test('never passes anything but a web URL to a program', async () => {
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', '-version', 'ssh://host', '']) {
    const {outcome, started} = await openAt(url, {DISPLAY: ':0'});
    assert.deepEqual(outcome, {kind: 'refused', reason: 'notWeb'});
    assert.deepEqual(started, []);
  }
});

test('reports a browser that fails to start', async () => {
  assert.deepEqual((await openAt('https://a.example/', {DISPLAY: ':0'}, false)).outcome, {
    kind: 'refused',
    reason: 'noBrowser',
  });
});

test('passes the text to a command and reports whether it succeeded', async () => {
  assert.equal(await runCommand(['grep', '-q', '^id$'], 'id\n'), true);
  assert.equal(await runCommand(['grep', '-q', '^id$'], 'other\n'), false);
  assert.equal(await runCommand(['zentop-no-such-program'], 'id'), false);
  assert.equal(await runCommand(['true'], 'x'.repeat(1_000_000)), true);
  assert.equal(await startCommand(['true']), true);
  assert.equal(await startCommand(['false']), false);
  assert.equal(await startCommand(['zentop-no-such-program']), false);
  // For these, Node throws.
  assert.equal(await runCommand([`${process.execPath}/program`], 'id'), false);
  assert.equal(await startCommand([`${process.execPath}/program`]), false);
});

test('does not let untrusted text end a title or a notification early', () => {
  const text = fc.string({
    unit: fc.constantFrom('\x1b', '\\', '\x07', ']', ';', '0', 'a', '\x9c', '\x9d', '\n', '\u202e'),
  });
  fc.assert(
    fc.property(text, text, (one, two) => {
      assert.match(encodeTitle(one), /^\x1b\]2;\P{Control}*\x07$/u);
      assert.match(encodeNotification(one, two, 'osc9'), /^\x07\x1b\]9;(?!\d)\P{Control}*\x07$/u);
      assert.match(
        encodeNotification(one, two, 'osc777'),
        /^\x07\x1b\]777;notify;[^;\p{Control}]*;[^;\p{Control}]*\x07$/u,
      );
      assert.equal(encodeNotification(one, two, 'bell'), '\x07');
    }),
  );
});
