#!/bin/sh
# Rotates one secret. No hook: run by hand, from the project's folder.
#   rotate.sh link-keys   the current key becomes the previous one, a new one signs from now on; links of the one before lapse
#   rotate.sh delivery    a new secret for delivery reports, told to Event Grid as well; the one before is still taken
# Interrupted, it is run again: a tag on the new secret says that its rotation is not finished, and no other is made meanwhile, since
# that would push out the one that is still in use.
set -eu
. "$(dirname "$0")/session.sh"

case "${1:-}" in
  link-keys) secret=link-key kind=base64 ;;
  delivery) secret=delivery-secret kind=hex ;;
  *)
    echo "usage: rotate.sh link-keys | delivery" >&2
    exit 2
    ;;
esac

needs openssl
begin
needs_values AZURE_KEY_VAULT_NAME

must "The secret $secret can't be read from the vault $AZURE_KEY_VAULT_NAME; nothing was changed. \
Whoever runs this needs the role Key Vault Secrets Officer on it." \
  keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$secret" --query tags.rotation --output tsv

if [ "$(answer)" = open ]; then
  echo "The last rotation was interrupted: it is finished now, with the secret that it made."
else
  make "$kind" "$folder/new"
  must "The secret $secret can't be read; nothing was changed." \
    keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$secret" --query value --output tsv
  answer | tr -d '\n' > "$folder/current"
  "is_$kind" "$folder/current" || fail "The secret $secret in the vault is not 32 bytes in $kind; nothing was changed."
  store "$secret-previous" "$folder/current"
  store "$secret" "$folder/new" --tags rotation=open
fi

take_up
[ "$secret" = link-key ] || "$(dirname "$0")/after-deployment.sh"
must "The new secret is in use, but its rotation could not be marked as finished; run this again." \
  keyvault secret set-attributes --vault-name "$AZURE_KEY_VAULT_NAME" --name "$secret" --tags rotation=done --output none
echo "Rotated: $1."
