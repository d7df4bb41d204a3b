// When a login runs out under an open conversation, the sign-in says so and leads back to it (ui/web/views/Page.jsx). Nobody is led back who logged out.
if (location.pathname === '/login' && sessionStorage.pilotcheckAt) {
  sessionStorage.pilotcheckBack = sessionStorage.pilotcheckAt;
  history.replaceState(null, '', '/login?error=sessionRequired');
}
delete sessionStorage.pilotcheckAt;
