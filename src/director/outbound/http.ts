/** Outgoing HTTP of the Director: what specs, webhooks and notifications call others with. */
export { authorizationHeader, authorize } from './authorize.ts';
export { TokenRefused } from './oauth.ts';
export { BY_CERTIFICATE, outboundOptions } from './surroundings.ts';
export { OutboundError, type OutboundOptions, type OutboundRequest, type OutboundResponse, send } from './transport.ts';
