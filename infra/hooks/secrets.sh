#!/bin/sh
# Makes the secrets of the vault that are missing, changes none that is there, and sees to it that the app has every one: run again,
# it makes nothing and looks again. Values go from the random source to the vault by a file that only this user can read; none is printed.
set -eu
. "$(dirname "$0")/session.sh"
needs openssl
begin
needs_values AZURE_KEY_VAULT_NAME

patiently 20 "The vault $AZURE_KEY_VAULT_NAME can't be read, so nothing was changed. \
Whoever runs this needs the role Key Vault Secrets Officer on it, which the template gives to AZURE_PRINCIPAL_ID; \
a vault on a private network is reached from inside it, and from ESCALATION_VAULT_ADDRESSES." \
  keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv
answer > "$folder/known"

for name in link-key link-key-previous intake-secret delivery-secret delivery-secret-previous; do
  if grep -qx "$name" "$folder/known"; then
    continue
  fi
  case "$name" in
    delivery-*) make hex "$folder/secret" ;;
    *) make base64 "$folder/secret" ;;
  esac
  store "$name" "$folder/secret"
  echo "Made the secret $name."
done

# Notify makes its key, and whoever deploys brings it; the token of its callback is made here, and brought to Notify.
if [ -n "${ESCALATION_NOTIFY_TEMPLATE:-}" ]; then
  grep -qx notify-key "$folder/known" || fail "Emails are to go out by GOV.UK Notify, and the vault has no key for it. \
Put the API key into a file that only you can read, then: az keyvault secret set --subscription $AZURE_SUBSCRIPTION_ID \
--vault-name $AZURE_KEY_VAULT_NAME --name notify-key --file FILE --encoding utf-8 --output none" "Then run this again: $0"
  if ! grep -qx notify-callback-token "$folder/known"; then
    make hex "$folder/secret"
    store notify-callback-token "$folder/secret"
    echo "Made the secret notify-callback-token."
  fi
fi

references
if all_resolved; then
  echo "The app has every secret."
else
  echo "The app lacks secrets still; the platform is asked to read the vault again."
  take_up
  echo "The app has every secret now."
fi
