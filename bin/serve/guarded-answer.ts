import type * as http from 'node:http';
import { authorize, Decision, LambdaFunction } from './authorize';
import type { RouteAuthorizer } from './authorizers';
import { requestFrom } from './fetch-adapter';
import { Answer, askedBy, contextFor, MAX_EVENT_BYTES } from './function-runner';
import type { ServedFunction } from './served-functions';
import type { Validate } from './request-validation';

export interface Guards {
  /** Decides whether the caller may call the route. */
  readonly authorizer?: {
    readonly rules: RouteAuthorizer;
    readonly fn: ServedFunction;
    readonly run: LambdaFunction;
  };
  /** Validates the request. */
  readonly validate?: Validate;
}

/** The steps that API Gateway takes before it invokes the function: first the authorizer, then the validation. */
export function guardedAnswer(answer: Answer, { authorizer, validate }: Guards): Answer {
  if (authorizer === undefined && validate === undefined) {
    return answer;
  }
  return async (call) => {
    const { message, target, signal } = call;
    let decision: Decision = { allowed: {} };
    if (authorizer !== undefined) {
      const { rules, run, fn } = authorizer;
      decision = await authorize(rules, run, askedBy(call), contextFor(fn.model));
    }
    if (!('allowed' in decision)) {
      refuse(target, decision.status, decision.message);
      return;
    }
    const allowed = authorizer === undefined ? undefined : decision.allowed;
    if (validate === undefined) {
      await answer({ ...call, authorizer: allowed });
      return;
    }
    const body = Buffer.from(await requestFrom(message, signal).arrayBuffer());
    const problem = validate(requestFrom(message, signal, null), body);
    if (body.length > MAX_EVENT_BYTES) {
      refuse(target, 413, 'Request Too Long');
    } else if (problem !== undefined) {
      refuse(target, 400, problem);
    } else {
      await answer({ ...call, authorizer: allowed, body });
    }
  };
}

function refuse(target: http.ServerResponse, status: number, message: string): void {
  target.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  target.end(JSON.stringify({ message }));
}
