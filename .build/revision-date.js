import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/**
 * The date of this version, as ISO 8601: that of its section in CHANGELOG.md, else that of SOURCE_DATE_EPOCH, else that of the last
 * commit, so that two builds of one commit are identical; without git, today.
 */
export const findRevisionDate = version => {
  const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - (\\d{4}-\\d\\d-\\d\\d)$`, 'm');
  const [, releaseDate] = heading.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const buildTime = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  const {stdout} = spawnSync('git', ['log', '-1', '--format=%cs'], {encoding: 'utf8'});
  return releaseDate ?? ((epoch === undefined ? stdout?.trim() : '') || buildTime.toISOString().slice(0, 10));
};
