import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, test} from 'vitest';

// The build scripts are plain JavaScript without types, because they must run before anything has been built.
const {collectLicenses} = (await import(new URL('../../.build/licenses.js', import.meta.url).href)) as {
  readonly collectLicenses: (paths: readonly string[]) => string;
};

/** What zentop's build writes about a package with this license. */
const collectLicense = (text: string): string => {
  const root = mkdtempSync(join(tmpdir(), 'zentop-licenses-'));
  onTestFinished(() => rmSync(root, {recursive: true}));
  const folder = join(root, 'node_modules', 'example');
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'example', version: '1.0.0', license: 'MIT'}));
  writeFileSync(join(folder, 'LICENSE'), text);
  return collectLicenses([join(folder, 'index.js')]);
};

test.each([
  'Copyright (c) 2015, Contributors',
  'Copyright 2010 James Halliday (mail@substack.net)',
  'Copyright Eemeli Aro <eemeli@gmail.com>',
  'COPYRIGHT (C) 2015 Example',
  '(c) 2015 Example',
  '© 2015 Example',
])('“%s” is listed with its package, above the terms', line => {
  assert.equal(
    collectLicense(`MIT License\n\nTerms:\n\n${line}\n\nPermission is hereby granted.\n`),
    `example 1.0.0 (MIT)\n  ${line}\n\nTerms:\n\nPermission is hereby granted.\n`,
  );
});

test.each([
  'copyright notice and this permission notice appear in all copies.',
  'COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER',
  'copyright license to reproduce, prepare Derivative Works of,',
  '(c) You must retain, in the Source form of any Derivative Works',
  'Copyright [yyyy] [name of copyright owner]',
])('“%s” remains in the terms', line => {
  const terms = `Some terms wrap before\n${line}`;
  assert.equal(collectLicense(`${terms}\n`), `example 1.0.0 (MIT)\n\n${terms}\n`);
});
