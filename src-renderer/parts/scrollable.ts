/**
 * Makes a part of the screen reachable by keyboard while, and only while, there is more in it than fits: the arrow keys
 * then scroll it. Use as an attachment.
 */
export function scrollable(part: HTMLElement): () => void {
  const check = (): void => {
    if (part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  };
  const sizes = new ResizeObserver(check);
  const observe = (): void => {
    sizes.disconnect();
    sizes.observe(part);
    for (const child of part.children) sizes.observe(child);
  };
  const children = new MutationObserver(observe);
  children.observe(part, { childList: true });
  observe();
  return () => {
    sizes.disconnect();
    children.disconnect();
  };
}
