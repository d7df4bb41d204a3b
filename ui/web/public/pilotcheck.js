// Who has to sign in is led back to the conversation afterwards (ui/web/views/Page.jsx); when the login ran out while it was open, the sign-in says so.
if (location.pathname === '/login' && sessionStorage.pilotcheckAt) {
  sessionStorage.pilotcheckBack = sessionStorage.pilotcheckAt;
  history.replaceState(null, '', '/login?error=sessionRequired');
} else if (location.pathname.startsWith('/thread/') && !sessionStorage.pilotcheckLeft) {
  sessionStorage.pilotcheckBack = location.pathname;
}
delete sessionStorage.pilotcheckAt;
delete sessionStorage.pilotcheckLeft;

// Nobody is led back who logged out; Chainlit then loads the conversation again before it sends them to the sign-in.
addEventListener('pagehide', () => {
  if (performance.getEntriesByName(`${location.origin}/logout`).length) sessionStorage.pilotcheckLeft = 'yes';
});
