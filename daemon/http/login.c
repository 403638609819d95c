/* The secret of an account, fetched once however many requests wait for it, and anew after the
 * server has refused it: whoever changes a password restarts nothing. */
#include "http/login.h"

#include "base/error.h"

static const gint64 EARLY_S = 60; /* a request may take a while to arrive */

struct _TnLogin
{
  GObject parent;
  TnAccount *account; /* (owned) */
  TnClock *clock;     /* (owned) */
  TnGrant *grant;     /* (owned) (nullable) of OAuth 2 */
  TnTicket *ticket;   /* (owned) (nullable) of Kerberos */
  TnSecret *secret;   /* (owned) (nullable) */
  gint64 end_us;      /* monotonic; of `secret`, when it is a token that ends */
  GPtrArray *waiting; /* (owned) (element-type GTask) */
  GCancellable *stop; /* (owned) of the fetching; not of one that waits */
};

G_DEFINE_TYPE (TnLogin, tn_login, G_TYPE_OBJECT)

static void
finalize (GObject *object)
{
  TnLogin *self = TN_LOGIN (object);
  g_clear_pointer (&self->account, tn_account_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->grant);
  g_clear_pointer (&self->ticket, tn_ticket_free);
  g_clear_pointer (&self->secret, tn_secret_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->stop);
  G_OBJECT_CLASS (tn_login_parent_class)->finalize (object);
}

static void
tn_login_class_init (TnLoginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_login_init (TnLogin *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->stop = g_cancellable_new ();
}

/**
 * tn_login_new:
 * @grant: (nullable): asks for tokens, when the account logs in with OAuth 2
 */
TnLogin *
tn_login_new (const TnAccount *account, TnClock *clock, TnGrant *grant)
{
  TnLogin *self = g_object_new (TN_TYPE_LOGIN, NULL);
  self->clock = g_object_ref (clock);
  g_set_object (&self->grant, grant);
  self->account = tn_account_ref (account);
  if (account->auth == TN_AUTH_NEGOTIATE)
    self->ticket = tn_ticket_new (account);
  return self;
}

/**
 * tn_login_get_ticket:
 *
 * Returns: (transfer none) (nullable): what curl has to find when it logs in by Kerberos
 */
const TnTicket *
tn_login_get_ticket (TnLogin *self)
{
  return self->ticket;
}

static void
give (GTask *task, TnSecret *secret)
{
  g_task_return_pointer (task, tn_secret_ref (secret), (GDestroyNotify) tn_secret_unref);
}

/* Everyone who waits gets the same; those who ask from now on start anew if need be. */
static void
give_all (TnLogin *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (error));
    else
      give (g_ptr_array_index (waiting, i), self->secret);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnLogin) self = TN_LOGIN (user_data);
  g_autoptr (GError) error = NULL;
  self->secret = tn_secret_load_finish (result, &error);
  give_all (self, error);
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TnLogin) self = TN_LOGIN (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnOauth2Token) token = tn_grant_renew_finish (TN_GRANT (source), result, &error);
  if (token != NULL)
    {
      gint64 lifetime_s = MAX (token->lifetime_s - EARLY_S, token->lifetime_s / 2);
      self->secret = g_steal_pointer (&token->access);
      self->end_us = tn_clock_monotonic_us (self->clock) + lifetime_s * G_USEC_PER_SEC;
    }
  give_all (self, error);
}

static void
fetch (TnLogin *self)
{
  const TnAccount *account = self->account;
  if (self->grant != NULL)
    {
      tn_grant_renew_async (self->grant, self->stop, on_renewed, g_object_ref (self));
      return;
    }
  tn_secret_load_async (account->auth == TN_AUTH_BEARER ? &account->token : &account->password,
                        self->stop, on_loaded, g_object_ref (self));
}

/* There is no secret to hand out: curl finds the ticket by itself. But only here it can be said in
 * words that there is none; curl would send the request without, and bring home a bare 401. */
static void
give_ticket (TnLogin *self, GTask *task)
{
  GError *error = NULL;
  if (tn_ticket_renew (self->ticket, &error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, error);
}

/**
 * tn_login_get_async:
 *
 * Errors: %TN_ERROR_AUTH when no login can be had.
 */
void
tn_login_get_async (TnLogin *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_login_get_async);
  if (self->grant != NULL && self->end_us <= tn_clock_monotonic_us (self->clock))
    g_clear_pointer (&self->secret, tn_secret_unref);
  if (self->account->auth == TN_AUTH_NONE)
    g_task_return_pointer (task, NULL, NULL);
  else if (self->ticket != NULL)
    give_ticket (self, task);
  else if (self->secret != NULL)
    give (task, self->secret);
  else
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      if (self->waiting->len == 1)
        fetch (self);
    }
}

/**
 * tn_login_get_finish:
 * @ret_secret: (out) (nullable) (transfer full): %NULL when the account needs none
 */
gboolean
tn_login_get_finish (TnLogin *self, GAsyncResult *result, TnSecret **ret_secret, GError **error)
{
  GError *failure = NULL;
  TnSecret *secret = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  *ret_secret = secret;
  return TRUE;
}

/**
 * tn_login_refuse:
 * @secret: (nullable): with which the server let nobody in
 *
 * Fetches it anew when it is next asked for.
 *
 * Returns: %TRUE when the same request may go well with another one
 */
gboolean
tn_login_refuse (TnLogin *self, const TnSecret *secret)
{
  if (secret != NULL && self->secret == secret)
    g_clear_pointer (&self->secret, tn_secret_unref);
  return self->grant != NULL;
}
