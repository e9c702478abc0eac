import * as sns from 'aws-cdk-lib/aws-sns';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { requireFreeId } from '../core/free-ids';
import { claimName } from '../core/physical-names';
import { checkProps } from '../props/check-props';
import { withoutUndefined } from '../props/options';
import { TOPIC_PROPS } from './topic-prop-set';

/** A topic of the app: TLS only. Options of the user override that. */
export function addTopic(app: IServerlessApp, id: string, props: sns.TopicProps): sns.Topic {
  const context = AppContext.of(app);
  requireFreeId(context, id, 'topics', 'give it another id');
  const check = context.check.at(`topics.${id}`);
  checkProps(props, TOPIC_PROPS, check);
  context.changes.record(props, TOPIC_PROPS, `topics.${id}`);
  claimName(app, 'topicName', props.topicName, check);
  return check.withPropPath(
    '',
    () => new sns.Topic(app, id, { enforceSSL: true, ...withoutUndefined(props) }),
  );
}
