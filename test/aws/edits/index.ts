import { APP_EDITS } from './apps';
import { Edit } from './edit';
import { FUNCTION_EDITS } from './functions';
import { KINESIS_EDITS } from './kinesis';
import { LANGUAGE_EDITS } from './languages';
import { OBJECT_EDITS } from './objects';
import { QUEUE_EDITS } from './queues';
import { REST_EDITS } from './rest';
import { REST_FORWARD_EDITS } from './rest-forwards';
import { ROUTE_EDITS } from './routes';
import { SCHEDULE_EDITS } from './schedules';
import { SITE_EDITS } from './sites';
import { FUNCTION_URL_EDITS, SOCKET_EDITS } from './sockets';
import { STREAM_EDITS } from './streams';
import { TABLE_EDITS } from './tables';
import { EVENT_EDITS, TOPIC_EDITS } from './topics';
import { USER_POOL_EDITS } from './user-pools';
import { WORKFLOW_EDITS } from './workflows';

/** By what is edited. */
export const EDITS: Readonly<Record<string, readonly Edit[]>> = {
  Routes: ROUTE_EDITS,
  'REST APIs': [...REST_EDITS, ...REST_FORWARD_EDITS],
  'Changes of tables': STREAM_EDITS,
  'Records of streams': KINESIS_EDITS,
  'Objects of buckets': OBJECT_EDITS,
  'Messages of queues': QUEUE_EDITS,
  Topics: TOPIC_EDITS,
  'Event buses': EVENT_EDITS,
  Schedules: SCHEDULE_EDITS,
  'WebSocket APIs': SOCKET_EDITS,
  'Function URLs': FUNCTION_URL_EDITS,
  'Operations of user pools': USER_POOL_EDITS,
  Workflows: WORKFLOW_EDITS,
  Sites: SITE_EDITS,
  Tables: TABLE_EDITS,
  Functions: FUNCTION_EDITS,
  'Functions in Python and Go': LANGUAGE_EDITS,
  'The app': APP_EDITS,
};
