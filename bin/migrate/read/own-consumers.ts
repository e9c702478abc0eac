import type { Definition, EventModel, Note } from '../model';
import { referencesIn, textOf } from '../value';
import { sourceOf } from './source';

const CONSUMER = 'AWS::Kinesis::StreamConsumer';
const CONSUMER_ARN = /^(arn:[\w-]+:kinesis:[^/]*:stream\/[^/]+)\/consumer\/(.+?)(?::\d+)?$/;

/**
 * Replaces a consumer of a Kinesis stream, as the source of an event, by its stream with enhanced fan-out. The trigger registers a consumer of
 * its own, so a consumer that nothing else names is left out.
 */
export function withOwnConsumers(definition: Definition): Definition {
  const consumers = new Map(
    definition.resources
      .filter(({ type }) => type === CONSUMER)
      .map((one) => [one.logicalId, one.properties.StreamARN]),
  );
  const replaced = new Set<string>();
  const notes: Note[] = [];
  const functions = definition.functions.map((fn) => {
    const events = fn.events.map((event): EventModel => {
      if (event.kind !== 'stream') {
        return event;
      }
      const { logicalId = '', arn } = event.source;
      const [, ofArn, name] = CONSUMER_ARN.exec(textOf(arn) ?? '') ?? [];
      const stream = consumers.get(logicalId) ?? ofArn;
      if (stream === undefined) {
        return event;
      }
      const consumer = name ?? logicalId;
      replaced.add(logicalId);
      notes.push({
        kind: 'differs',
        at: fn.at,
        text: `the event read the stream by the consumer ${consumer}; the app registers a consumer of its own for it (\`enhancedFanOut\`). It begins at its starting position, not where ${consumer} was`,
      });
      return {
        ...event,
        source: sourceOf(stream),
        mapping: { ...event.mapping, enhancedFanOut: true },
      };
    });
    return { ...fn, events };
  });
  if (replaced.size === 0) {
    return definition;
  }
  const named = new Set(
    referencesIn([
      definition.outputs,
      definition.defaults.environment,
      ...definition.resources.map(({ properties }) => properties),
      ...definition.functions.map(({ settings }) => settings.environment),
      ...definition.stateMachines.flatMap(({ definition: text, substitutions }) => [
        text,
        substitutions,
      ]),
    ]),
  );
  const unused = definition.resources.filter(
    ({ logicalId, type }) => type === CONSUMER && replaced.has(logicalId) && !named.has(logicalId),
  );
  for (const { at, logicalId } of unused) {
    notes.push({
      kind: 'lost',
      at,
      text: `the consumer ${logicalId} is not carried over: the app registers one of its own, and nothing else in the definition names it`,
    });
  }
  return {
    ...definition,
    functions,
    resources: definition.resources.filter((one) => !unused.includes(one)),
    notes: [...definition.notes, ...notes],
  };
}
