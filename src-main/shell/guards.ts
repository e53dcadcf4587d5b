import { session as electronSession, shell, type Session, type WebContents } from 'electron';
import { APP_ORIGIN } from './dispatch.ts';

/** Our renderer's session: in memory only, so nothing of a page outlives the window. */
export const PARTITION = 'desk';

/** True for an address that may be handed to the system's browser: `https:` and `mailto:` as `URL` reads them. */
export function mayOpenOutside(address: string): boolean {
  try {
    return ['https:', 'mailto:'].includes(new URL(address).protocol);
  } catch {
    // Not an address at all.
    return false;
  }
}

/** True for an address the renderer's session may load: our own scheme, and the developer tools'. */
export function mayLoad(address: string): boolean {
  return address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`) || address.startsWith('devtools:');
}

/** The renderer's session with every permission refused and every foreign request cancelled. */
export function guardedSession(): Session {
  const session = electronSession.fromPartition(PARTITION);
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
  // The second wall behind the content security policy.
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !mayLoad(details.url) });
  });
  return session;
}

/** Keeps a window on our own pages; an outside `https:` link goes to the system's browser instead. */
export function guardNavigation(contents: WebContents): void {
  const stay = (details: { url: string; preventDefault: () => void }): void => {
    if (!mayLoad(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
