import { Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const SOURCE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

const RULES: Quota = {
  name: 'EventBridge’s default quota of rules on an event bus, which AWS raises on request',
  limit: 300,
  source: SOURCE,
};
const CHARACTERS: Quota = {
  name: 'EventBridge’s default quota of characters in an event pattern, which AWS raises on request',
  limit: 2048,
  source: SOURCE,
};

/** An event bus has at most 300 rules, and a pattern at most 2,048 characters, unless AWS raises the quota. */
export const eventRules: Guard = {
  id: 'event-rules',
  severities: ['warning'],
  what: 'An event bus with more than 300 rules in the stack, or a rule whose pattern is longer than 2,048 characters, as JSON. Each trigger on an event bus needs a rule, as does each trigger on a bucket that sends its events to EventBridge.',
  why: 'EventBridge rejects the 301st rule, and the longer pattern, in the middle of a deployment.',
  fix: 'Request a higher quota for the account and region, let one function handle several kinds of event, or use another event bus.',
  accept: 'AWS has raised the quota for the account and region.',
  source: SOURCE,
  check: ({ eventBuses, rules }) => [
    ...eventBuses
      .filter((bus) => bus.rules > RULES.limit)
      .map((bus) => ({
        prop: 'functions',
        rule: 'must not need more rules than an event bus may have',
        quota: RULES,
        got: `${formatNumber(bus.rules)} on ${bus.name}`,
        remedy:
          'request a higher quota, let one function handle several kinds of event, or use another event bus',
      })),
    ...rules
      .filter(({ patternCharacters }) => patternCharacters > CHARACTERS.limit)
      .map(({ path, patternCharacters }) => ({
        prop: path,
        rule: 'must not have a longer pattern than a rule may have',
        quota: CHARACTERS,
        got: formatNumber(patternCharacters),
        remedy: 'request a higher quota, shorten the pattern, or split it between two triggers',
      })),
  ],
};
