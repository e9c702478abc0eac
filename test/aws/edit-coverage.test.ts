// Every option of a trigger, a REST API, a site and a workflow is in an edit of its section in docs/updates.md. Those of routes of an HTTP API are
// described as edits of a route, so they are not compared by name.
import type { PropSet } from '../../lib/props/prop';
import { FORWARD_PROPS } from '../../lib/http/rest/forward-options';
import { REST_PROPS } from '../../lib/http/rest/rest-prop-set';
import { WEB_SOCKET_PROPS } from '../../lib/http/socket/socket-prop-set';
import { SITE_OPTIONS_PROPS } from '../../lib/site/site-prop-set';
import { EVENT_TRIGGER_PROPS } from '../../lib/trigger/event/event-options';
import { FUNCTION_URL_TRIGGER_PROPS } from '../../lib/trigger/function-url/function-url-trigger';
import { OBJECT_TRIGGER_PROPS } from '../../lib/trigger/object/object-options';
import { QUEUE_TRIGGER_PROPS } from '../../lib/trigger/queue/queue-trigger';
import { SCHEDULE_TRIGGER_PROPS } from '../../lib/trigger/schedule/schedule-options';
import { STREAM_TRIGGER_PROPS } from '../../lib/trigger/stream/stream-trigger';
import { TABLE_CHANGES_TRIGGER_PROPS } from '../../lib/trigger/table-changes/table-changes-trigger';
import { TOPIC_TRIGGER_PROPS } from '../../lib/trigger/topic/topic-trigger';
import { USER_POOL_TRIGGER_PROPS } from '../../lib/trigger/user-pool/user-pool-trigger';
import { WEB_SOCKET_TRIGGER_PROPS } from '../../lib/trigger/web-socket/web-socket-trigger';
import { WORKFLOW_PROPS } from '../../lib/workflow/workflow-options';
import { EDITS } from './edits';

const SETS: ReadonlyArray<readonly [string, PropSet]> = [
  ['REST APIs', REST_PROPS],
  ['REST APIs', FORWARD_PROPS],
  ['Changes of tables', TABLE_CHANGES_TRIGGER_PROPS],
  ['Records of streams', STREAM_TRIGGER_PROPS],
  ['Objects of buckets', OBJECT_TRIGGER_PROPS],
  ['Messages of queues', QUEUE_TRIGGER_PROPS],
  ['Topics', TOPIC_TRIGGER_PROPS],
  ['Event buses', EVENT_TRIGGER_PROPS],
  ['Schedules', SCHEDULE_TRIGGER_PROPS],
  ['WebSocket APIs', WEB_SOCKET_PROPS],
  ['WebSocket APIs', WEB_SOCKET_TRIGGER_PROPS],
  ['Function URLs', FUNCTION_URL_TRIGGER_PROPS],
  ['Operations of user pools', USER_POOL_TRIGGER_PROPS],
  ['Workflows', WORKFLOW_PROPS],
  ['Sites', SITE_OPTIONS_PROPS],
];

test.each(SETS)('%s: every option is in an edit', (section, { props }) => {
  const names = (EDITS[section] ?? []).map(({ name }) => name).join('; ');

  expect(Object.keys(props).filter((prop) => !names.includes(`\`${prop}\``))).toEqual([]);
});
