// Runs a command so that none of its processes outlives the caller: `node supervise.mjs <command> [argument...]`.
// The command gets its own process group. The group ends when standard input closes, which happens however the caller ends, even by
// SIGKILL, and when this process gets a signal. Messages between the caller and the command pass through.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout } from 'node:timers';

const PATIENCE_MS = 4_000;

const [command, ...args] = process.argv.slice(2);
const talks = process.send !== undefined;
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit', ...(talks ? ['ipc'] : [])],
  detached: true,
});
let ending = false;

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

function end() {
  if (!ending) {
    ending = true;
    signalGroup('SIGTERM');
    setTimeout(() => signalGroup('SIGKILL'), PATIENCE_MS);
  }
}

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  signalGroup('SIGKILL'); // what the command itself left behind
  process.exit(code ?? 128 + constants.signals[signal]);
});
if (talks) {
  process.on('message', (message) => child.connected && child.send(message, () => undefined));
  child.on('message', (message) => process.connected && process.send(message, () => undefined));
}
process.stdin.on('end', end).on('error', end).resume();
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, end));
