/** Names of the two channels between main and renderer; only the shell and the preload use them. */
export const CALL_CHANNEL = 'carrel:call';
export const EVENT_CHANNEL = 'carrel:event';
