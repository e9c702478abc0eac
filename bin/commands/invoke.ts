import type { Invocation } from '../command-spec';
import { connect as awsConnect } from '../cloud';
import { openRunning } from '../dev/open-running';
import { kindOf } from '../../lib/kinds/trigger-kinds';
import { functionNamed, triggerNamed } from '../invoke/choose-trigger';
import { invokeFunction } from '../invoke/invoke-function';
import { eventNamed, saveEvent } from '../invoke/saved-events';
import type { Io } from '../io';
import { parseJson } from '../json/unknown';
import { OpenApp, openApp, text } from '../open-app';

type Open = (options: Invocation['options']) => Promise<OpenApp>;

/** `invoke <function>`, against the deployed app. */
export async function invoke(
  invocation: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  return invokeIn((options) => openApp(options, text(options.app), connect), invocation, io, true);
}

/** `fire <trigger>`, against the deployed app. */
export async function fire(invocation: Invocation, io: Io, connect = awsConnect): Promise<number> {
  return fireIn((options) => openApp(options, text(options.app), connect), invocation, io, true);
}

/** `dev invoke <function>`. */
export async function devInvoke(invocation: Invocation, io: Io): Promise<number> {
  return invokeIn(openRunning, invocation, io, false);
}

/** `dev fire <trigger>`. */
export async function devFire(invocation: Invocation, io: Io): Promise<number> {
  return fireIn(openRunning, invocation, io, false);
}

async function invokeIn(
  open: Open,
  { args: [id = ''], options }: Invocation,
  io: Io,
  costs: boolean,
): Promise<number> {
  const file = text(options.event);
  const given = file === undefined ? undefined : eventNamed(file);
  const opened = await open(options);
  const fn = functionNamed(opened.app.model, id);
  const [trigger] = fn.triggers;
  const sample = trigger === undefined ? {} : kindOf(trigger).sampleEvent(trigger);
  const event = given ?? JSON.stringify(sample);
  save(options, event, io);
  return invokeFunction(opened, fn, { event, tail: options.tail === true, costs }, io);
}

async function fireIn(
  open: Open,
  { args: [name = ''], options }: Invocation,
  io: Io,
  costs: boolean,
): Promise<number> {
  const opened = await open(options);
  const { fn, trigger } = triggerNamed(opened.app.model, name);
  const given = text(options.event);
  const event =
    given === undefined ? JSON.stringify(kindOf(trigger).sampleEvent(trigger)) : eventNamed(given);
  save(options, event, io);
  if (options.print === true) {
    io.out(`${JSON.stringify(parseJson(event), undefined, 2)}\n`);
    return 0;
  }
  return invokeFunction(opened, fn, { event, tail: options.tail === true, costs }, io);
}

function save(options: Invocation['options'], event: string, io: Io): void {
  const name = text(options.save);
  if (name !== undefined) {
    io.say(`saved the event in ${saveEvent(name, event)}`);
  }
}
