// The tags of an installation, for the group and for everything in it.

@export()
@description('Extra tags, NAME=VALUE with semicolons between them, and the environment\'s own, by which azd finds what it made.')
func tagsOf(environmentName string, extra string) object =>
  union(
    toObject(
      filter(split(extra, ';'), tag => contains(tag, '=')),
      tag => trim(split(tag, '=')[0]),
      tag => trim(substring(tag, indexOf(tag, '=') + 1))
    ),
    { 'azd-env-name': environmentName }
  )
