#!/bin/sh
# Writes the app roles for the registration that staff sign in with, as JSON for `az ad app update --app-roles`: those it has, as they
# are, and those named here that it lacks. A role's id is made from its name, so a second run gives the same. No hook: run by hand.
#   roles.sh Administrator BusinessManager.sandwell Practitioner.sandwell.oak-primary > roles.json
set -eu
. "$(dirname "$0")/session.sh"

[ "$#" -gt 0 ] || fail "usage: roles.sh Administrator | BusinessManager.<partnership> | Practitioner.<partnership>.<agency> …"

# The names that EntraRoles.cs reads.
for role in "$@"; do
  printf '%s\n' "$role" | LC_ALL=C grep -Eqx 'Administrator|BusinessManager(\.[a-z0-9-]+)|Practitioner(\.[a-z0-9-]+){2}' ||
    fail "$role is no role. There are Administrator, BusinessManager.<partnership> and Practitioner.<partnership>.<agency>, \
with the ids of the directory."
done

needs openssl
begin
needs_values AZURE_TENANT_ID ESCALATION_ENTRA_CLIENT_ID

# A directory has no subscriptions: az asks that of the tenant which it has as its own, and takes no --subscription.
ask_directory() {
  az "$@" > "$folder/answer" 2> "$folder/words"
}

ask_directory account show --query tenantId --output tsv || give_up "az is not signed in."
[ "$(answer)" = "$AZURE_TENANT_ID" ] ||
  fail "az asks the directory of another tenant, $(answer). Run: az account set --subscription $AZURE_SUBSCRIPTION_ID"

registration() {
  ask_directory ad app show --id "$ESCALATION_ENTRA_CLIENT_ID" --query "$1" --output "$2" ||
    give_up "The app registration $ESCALATION_ENTRA_CLIENT_ID can't be read."
}

# The shape of a name-based id (RFC 9562, version 8), from a digest of the role's name.
id_of() {
  digest=$(printf 'escalation app role %s' "$1" | openssl dgst -sha256 -r)
  printf '%s' "$digest" | LC_ALL=C sed -nE 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-8\3-8\4-\5/p'
}

words_of() {
  case "$1" in
    Administrator) echo "Administrator" ;;
    BusinessManager.*) echo "Business manager, ${1#*.}" ;;
    Practitioner.*) echo "Practitioner, $(printf '%s' "${1#*.}" | tr '.' ' ')" ;;
  esac
}

registration 'appRoles[].value' tsv
answer > "$folder/there"
registration "appRoles[].{allowedMemberTypes: allowedMemberTypes, description: description, displayName: displayName, id: id, \
isEnabled: isEnabled, value: value}" json
answer | tr '\n' ' ' | sed -E 's/^ *\[ *//; s/ *\] *$//' > "$folder/roles"

for role in "$@"; do
  ! grep -Fqx "$role" "$folder/there" || continue
  echo "$role" >> "$folder/there"
  [ ! -s "$folder/roles" ] || printf ',\n' >> "$folder/roles"
  printf '{ "allowedMemberTypes": ["User"], "description": "%s", "displayName": "%s", "id": "%s", "isEnabled": true, "value": "%s" }' \
    "$(words_of "$role")" "$(words_of "$role")" "$(id_of "$role")" "$role" >> "$folder/roles"
done

printf '[\n%s\n]\n' "$(cat "$folder/roles")"
