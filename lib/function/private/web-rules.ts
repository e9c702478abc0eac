import type { WebRules } from '../../bundling/web-rules';
import { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import { describeTrigger, kindOf } from '../../kinds/trigger-kinds';

/**
 * How a function runs a module whose default export has `fetch`: only on HTTP requests, and either all or none of its responses are
 * streamed, because Lambda’s handler is one or the other. A user’s own trigger may deliver requests too.
 */
export function webRules(fn: IAppFunction): WebRules {
  const { model } = AppContext.of(fn);
  const { triggers = [] } = model.functions.find(({ path }) => path === fn.node.path) ?? {};
  const owner = `${fn.app.node.path}: \`functions.${fn.node.id}.triggers\``;
  const others = triggers
    .filter((trigger) => {
      const { invocation, streamsResponse } = kindOf(trigger);
      const isOwn = invocation === undefined && trigger.invocation === 'synchronous';
      return streamsResponse === undefined && !isOwn;
    })
    .map(describeTrigger);
  const steps = (model.workflows ?? [])
    .filter(({ tasks }) => tasks.includes(fn.node.id))
    .map(({ id }) => `a step of ${id}`);
  const [wrong] = [...others, ...steps];
  if (wrong !== undefined) {
    return {
      problem:
        `${owner} must be HTTP requests for an entry that exports no \`handler\` but a default with \`fetch\`, got ${wrong}: ` +
        'export a `handler` from a file of its own, and add a function for it',
    };
  }
  const streams = triggers.map((trigger) => kindOf(trigger).streamsResponse?.(trigger) === true);
  if (new Set(streams).size > 1) {
    return {
      problem:
        `${owner} must stream either all responses or none for an entry whose default export has \`fetch\`, got ` +
        `${String(streams.filter(Boolean).length)} of ${String(streams.length)} that stream: add a function for each`,
    };
  }
  return { stream: streams.includes(true) };
}
