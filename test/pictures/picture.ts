/**
 * Runs a program in a pseudo-terminal, prints its screen as text, and takes a picture of it as PNG (`--out`) or SVG (`--svg`):
 *
 *     node test/pictures/picture.js --cols 120 --rows 30 --out run.png --wait train_gbm --keys "j j enter" -- node bin/zentop.js demo
 */
import {writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {getKeyBytes} from '../support/key-bytes.js';
import {picturePalette, renderPng, renderSvg} from '../support/picture.js';
import {startTerminal} from '../support/pty.js';
import {terminalPalettes} from '../theme/terminal-palettes.js';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    cols: {type: 'string', default: '120'},
    rows: {type: 'string', default: '30'},
    out: {type: 'string'},
    svg: {type: 'string'},
    /** Enlarges the PNG by this factor. */
    scale: {type: 'string', default: '1'},
    /**
     * A color scheme by its name: `picture`, or one of `terminal-palettes.ts`. The terminal reports its background unless
     * `--silent` is given.
     */
    palette: {type: 'string', default: picturePalette.name},
    silent: {type: 'boolean', default: false},
    title: {type: 'string', default: ''},
    /** Text to wait for before the keys are sent. */
    wait: {type: 'string'},
    /** Keys, separated by spaces: names as `getKeyBytes` knows them, or characters. */
    keys: {type: 'string', default: ''},
    /** Text to wait for after the keys. */
    'wait-after': {type: 'string'},
    /** Milliseconds to wait before the picture is taken. */
    after: {type: 'string', default: '0'},
    /** Milliseconds to wait for the text of `wait`, and again for that of `wait-after`. */
    timeout: {type: 'string', default: '30000'},
    /** Sizes to resize to before the picture, for example "80x24 100x30". */
    resize: {type: 'string', default: ''},
  },
});

const [command, ...args] = positionals;
if (command === undefined) {
  process.stderr.write(
    'No program to run. For example: npm run picture -- --out run.png --wait train_gbm -- node bin/zentop.js demo\n',
  );
  process.exit(2);
}

const timeoutMs = Number(values.timeout);
const palettes = [picturePalette, ...terminalPalettes];
const palette = palettes.find(({name}) => name === values.palette);
if (palette === undefined) {
  throw new Error(`unknown palette; choose from: ${palettes.map(({name}) => name).join(', ')}`);
}

const terminal = startTerminal({
  command,
  args,
  cols: Number(values.cols),
  rows: Number(values.rows),
  background: values.silent ? undefined : palette.background,
});
let waitError: Error | undefined;
const waitFor = async (text: string | undefined) => {
  if (text === undefined) {
    return;
  }
  await terminal.waitFor(text, {timeoutMs}).catch((error: Error) => {
    waitError = error;
  });
};

// Until the program has drawn something, a pause in its output does not mean that drawing is done.
await Promise.race([terminal.waitFor(lines => lines.some(line => line !== ''), {timeoutMs}), terminal.exit]);
await waitFor(values.wait);
for (const key of values.keys.split(' ').filter(key => key !== '')) {
  terminal.type(getKeyBytes(key));
  await pause(60);
}
for (const size of values.resize.split(' ').filter(size => size !== '')) {
  const [cols, rows] = size.split('x').map(Number);
  terminal.resize(cols ?? 80, rows ?? 24);
  await pause(100);
}
await waitFor(values['wait-after']);
await pause(Number(values.after));
// A screen with a running clock never stops writing.
await terminal.settle({quietMs: 150, timeoutMs: 3000}).catch(() => undefined);

console.log(terminal.screen().join('\n'));
const svg = renderSvg(terminal.model, values.title, palette);
if (values.svg !== undefined) {
  writeFileSync(values.svg, svg);
}
if (values.out !== undefined) {
  writeFileSync(values.out, renderPng(svg, Number(values.scale)));
}

terminal.kill();
await Promise.race([terminal.exit, pause(2000)]);
terminal.kill('SIGKILL');
await terminal.exit;
if (waitError) {
  console.error(waitError.message.split('\n')[0]);
  process.exitCode = 1;
}
