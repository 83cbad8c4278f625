import dns from 'node:dns';
import {appendFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import net from 'node:net';

// Loaded by `guard-loopback.ts` into the processes that run the tests and into the programs they start: no name but
// `localhost` is looked up, and a connection to another machine throws before anything is sent.
const report = new URL(import.meta.url).searchParams.get('report');
const {lookup} = dns;
const {connect} = net.Socket.prototype;

const isLoopback = address => address === '::1' || /^(::ffff:)?127\./.test(address);

dns.lookup = (name, ...args) => {
  if (!name || name === 'localhost' || net.isIP(name) !== 0) {
    lookup(name, ...args);
    return;
  }

  const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
  process.nextTick(args.at(-1), Object.assign(error, {code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name}));
};

const refuseOthers = address => {
  if (!isLoopback(address)) {
    const error = new Error(`Tests may only contact this machine, not ${address}.`);
    appendFileSync(report, `${process.argv.slice(1).join(' ')}: ${error.stack}\n`);
    throw error;
  }
};

net.Socket.prototype.connect = function (...args) {
  if (!this.listeners('connectionAttempt').includes(refuseOthers)) {
    this.on('connectionAttempt', refuseOthers);
  }

  return connect.apply(this, args);
};

syncBuiltinESMExports();
