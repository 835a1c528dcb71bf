/** Shows the API of this deployment. A token that is typed in is gone when the page is closed. */
window.SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  // Without this, the page would send the document to a validator of another origin.
  validatorUrl: null,
});
